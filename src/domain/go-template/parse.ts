// Reads a template: the part of Go's text/template that commands print objects with (range, if, with, variables, pipes,
// calls). Does not: know define, template and block, which are refused by name.
import { type Branch, type Call, type Node, type Operand, type Pipe, TemplateError } from './nodes.ts';
import { cutAction, cutTemplate, type Piece, type Word } from './scan.ts';

/** The tree of a template. Throws TemplateError. */
export function parseTemplate(template: string): readonly Node[] {
  return new Parser(cutTemplate(template)).all();
}

type Ending = 'end' | 'else' | 'nothing';

class Parser {
  readonly #pieces: readonly Piece[];
  #at = 0;
  #openRanges = 0;
  /** What stands behind the `else` that ended the last list. */
  #elseWords: readonly Word[] = [];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  all(): readonly Node[] {
    const { nodes, ending } = this.#list();
    if (ending !== 'nothing') throw new TemplateError(`unexpected {{${ending}}}`);
    return nodes;
  }

  #list(): { readonly nodes: readonly Node[]; readonly ending: Ending } {
    const nodes: Node[] = [];
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at++]!;
      if (!piece.isAction) {
        nodes.push({ is: 'text', text: piece.text });
        continue;
      }
      const words = cutAction(piece.text);
      const [first] = words;
      if (!first) throw new TemplateError('missing value for command');
      const keyword = first.kind === 'word' ? first.text : '';
      if (keyword === 'end') return { nodes, ending: 'end' };
      if (keyword === 'else') {
        this.#elseWords = words.slice(1);
        return { nodes, ending: 'else' };
      }
      nodes.push(this.#action(keyword, words, piece));
    }
    return { nodes, ending: 'nothing' };
  }

  #action(keyword: string, words: readonly Word[], piece: Piece): Node {
    switch (keyword) {
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(keyword, words.slice(1), piece);
      case 'break':
      case 'continue':
        if (this.#openRanges === 0) throw new TemplateError(`{{${keyword}}} outside {{range}}`);
        return { is: keyword };
      case 'define':
      case 'template':
      case 'block':
        throw new TemplateError(`{{${keyword}}} is not supported`);
      default:
        return { is: 'action', pipe: parsePipe(words, piece.text.trim()), at: piece.at };
    }
  }

  #branch(is: Branch, words: readonly Word[], piece: Piece): Node {
    const source = piece.text.trim().replace(/^\w+\s*/, '');
    const pipe = parsePipe(words, source, is === 'range' ? 2 : 1);
    if (is === 'range') this.#openRanges++;
    const { nodes: body, ending } = this.#list();
    if (is === 'range') this.#openRanges--;
    if (ending === 'nothing') throw new TemplateError(`unexpected EOF`);
    const otherwise = ending === 'else' ? this.#otherwise(piece) : [];
    return { is, pipe, body, otherwise, at: piece.at };
  }

  #otherwise(piece: Piece): readonly Node[] {
    const [next, ...rest] = this.#elseWords;
    if (next && (next.text === 'if' || next.text === 'with'))
      return [this.#branch(next.text, rest, { ...piece, text: rest.map(word => word.text).join(' ') })];
    const { nodes, ending } = this.#list();
    if (ending !== 'end') throw new TemplateError(ending === 'else' ? 'unexpected {{else}}' : 'unexpected EOF');
    return nodes;
  }
}

function parsePipe(words: readonly Word[], source: string, mostVariables = 1): Pipe {
  const define = words.findIndex(word => word.kind === 'sign' && (word.text === ':=' || word.text === '='));
  const names = define < 0 ? [] : words.slice(0, define).filter(word => word.text !== ',');
  if (names.some(word => word.kind !== 'variable') || names.length > mostVariables)
    throw new TemplateError(`unexpected ${JSON.stringify(words[define]!.text)} in operand`);
  const reader = new PipeReader(words.slice(define + 1));
  const calls = reader.calls();
  reader.end();
  return { variables: names.map(word => word.text), isAssignment: words[define]?.text === '=', calls, source };
}

class PipeReader {
  readonly #words: readonly Word[];
  #at = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  end(): void {
    const word = this.#words[this.#at];
    if (word) throw new TemplateError(`unexpected ${JSON.stringify(word.text)} in command`);
  }

  calls(): readonly Call[] {
    const calls: Call[] = [];
    for (;;) {
      calls.push(this.#call());
      if (this.#words[this.#at]?.text !== '|' || this.#words[this.#at]?.kind !== 'sign') return calls;
      this.#at++;
    }
  }

  #call(): Call {
    const operands: Operand[] = [];
    for (;;) {
      const operand = this.#operand();
      if (!operand) break;
      operands.push(operand);
    }
    if (operands.length === 0) throw new TemplateError('missing value for command');
    return operands;
  }

  #operand(): Operand | undefined {
    const word = this.#words[this.#at];
    if (!word || (word.kind === 'sign' && (word.text === '|' || word.text === ')'))) return undefined;
    this.#at++;
    const base = this.#base(word);
    const names: string[] = [];
    while (this.#words[this.#at]?.kind === 'field' && this.#words[this.#at]!.isJoined)
      names.push(this.#words[this.#at++]!.text.slice(1));
    return names.length === 0 ? base : { is: 'field', of: base, names };
  }

  #base(word: Word): Operand {
    switch (word.kind) {
      case 'field':
        return { is: 'field', of: { is: 'dot' }, names: [word.text.slice(1)] };
      case 'variable':
        return { is: 'variable', name: word.text };
      case 'text':
        return { is: 'constant', value: word.text };
      case 'number':
        return { is: 'constant', value: Number(word.text.replace(/_/g, '')) };
      case 'word':
        if (word.text === 'true' || word.text === 'false') return { is: 'constant', value: word.text === 'true' };
        return word.text === 'nil' ? { is: 'nil' } : { is: 'function', name: word.text };
      case 'sign':
        return this.#sign(word);
    }
  }

  #sign(word: Word): Operand {
    if (word.text === '.') return { is: 'dot' };
    if (word.text !== '(') throw new TemplateError(`unexpected ${JSON.stringify(word.text)} in operand`);
    const calls = this.calls();
    if (this.#words[this.#at]?.text !== ')') throw new TemplateError('unclosed left paren');
    this.#at++;
    return { is: 'pipe', pipe: { variables: [], isAssignment: false, calls, source: '' } };
  }
}
