// Files that people write: JSON with comments and trailing commas. What is wrong is said with file, line and column.
import { getNodePath, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Diagnostic, Place } from '../base/diagnostics.ts';

export type JsonPath = readonly (string | number)[];

export interface CommentedJson {
  /** The value; undefined when the text cannot be read. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the value (or, with `key`, the name) at a path stands. The start of the file for a path that does not exist. */
  placeOf(path: JsonPath, what?: 'value' | 'key'): Place;
}

/** Reads the text of `file`. Keys that appear twice are errors; the last one would win silently. */
export function parseCommentedJson(file: string, text: string): CommentedJson {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const place = (offset: number): Place => placeAt(file, text, offset);
  const placeOf = (path: JsonPath, what: 'value' | 'key' = 'value'): Place => {
    const node = findNode(root, path);
    const name = node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    return place((what === 'key' ? name?.offset : undefined) ?? node?.offset ?? 0);
  };
  const syntax = errors.slice(0, 1).map(error => syntaxError(error, text, place(error.offset)));
  const isReadable = errors.length === 0 && root !== undefined;
  return {
    value: isReadable ? toValue(root) : undefined,
    diagnostics: isReadable ? duplicateKeys(root, place) : syntax,
    placeOf,
  };
}

function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 };
}

const wordings: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not a value of JSON; texts need double quotes',
  InvalidNumberFormat: 'not a number as JSON writes them',
  PropertyNameExpected: 'expected the name of a setting, in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: "expected ':' after the name",
  CommaExpected: "expected ','",
  CloseBraceExpected: "expected '}'",
  CloseBracketExpected: "expected ']'",
  EndOfFileExpected: 'expected the end of the file',
  UnexpectedEndOfComment: "this comment has no '*/'",
  UnexpectedEndOfString: 'this text has no closing quote',
  UnexpectedEndOfNumber: 'this number ends too early',
  InvalidUnicode: 'not a \\u escape',
  InvalidEscapeCharacter: 'not an escape that JSON has',
  InvalidCharacter: 'this character must be written as an escape',
};

function syntaxError(error: ParseError, text: string, at: Place): Diagnostic {
  if (text.trim() === '') return { severity: 'error', at, text: 'the file is empty; write {} for no settings' };
  const code = printParseErrorCode(error.error);
  return { severity: 'error', at, text: wordings[code] ?? code };
}

function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value;
  // fromEntries defines keys, so that a key `__proto__` is data like any other.
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [String(children?.[0]?.value), children?.[1] && toValue(children[1])]),
  );
}

function findNode(root: Node | undefined, path: JsonPath): Node | undefined {
  let node = root;
  for (const step of path) {
    if (typeof step === 'number') node = node?.children?.[step];
    // The last of equal keys is the one that counts.
    else node = node?.children?.findLast(property => property.children?.[0]?.value === step)?.children?.[1];
  }
  return node;
}

function duplicateKeys(root: Node, place: (offset: number) => Place): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'object') {
      const seen = new Map<string, Node>();
      for (const property of node.children ?? []) {
        const name = property.children?.[0];
        if (!name) continue;
        const first = seen.get(String(name.value));
        if (first) {
          const where = [...getNodePath(node), name.value].join('.');
          const text = `'${where}' is set twice`;
          const notes = [`first in line ${place(first.offset).line}`];
          found.push({ severity: 'error', at: place(name.offset), text, notes });
        }
        seen.set(String(name.value), name);
      }
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return found;
}
