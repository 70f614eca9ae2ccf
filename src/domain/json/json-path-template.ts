// Text with JSON paths in it, as `-o jsonpath` takes it: `{range .items[*]}{.metadata.name}{"\n"}{end}`.
import { showValue } from '../go-template/values.ts';
import type { Plain } from '../yaml/plain.ts';
import { closingBrace, follow, type Place, parseSteps, type Step } from './json-path.ts';
import { writeCompactJson, writeJson } from './write-json.ts';

type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'path'; readonly steps: readonly Step[] }
  | { readonly is: 'range'; readonly steps: readonly Step[]; readonly body: readonly Part[] };

export interface JsonPathOptions {
  /** True: a field that is not there prints nothing; otherwise it is an error. */
  readonly allowMissing?: boolean;
  /** Each part's results as an indented JSON list, in place of text. */
  readonly asJson?: boolean;
}

export interface JsonPathTemplate {
  /** The text for one object. Throws with Kubernetes' words. */
  print(root: Plain, options?: JsonPathOptions): string;
  /** What every path of the template leads to, in order. Throws with Kubernetes' words. */
  find(root: Plain, options?: JsonPathOptions): readonly Plain[];
}

/** Reads a template. Throws with Kubernetes' words. */
export function parseJsonPathTemplate(template: string): JsonPathTemplate {
  const parts = new Parser(template).all();
  return {
    print(root, { allowMissing = false, asJson = false } = {}) {
      const groups = results(parts, { value: root }, allowMissing);
      return groups.map(group => (asJson ? writeJson([...group], '    ') : group.map(printValue).join(' '))).join('');
    },
    find: (root, { allowMissing = false } = {}) => results(parts, { value: root }, allowMissing).flat(),
  };
}

/**
 * The template that a person means by a path alone: `metadata.name`, `.metadata.name` and `{.metadata.name}` are one.
 * Throws with kubectl's words.
 */
export function relaxedPath(text: string): string {
  const match = /^\{(\.?[^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (!match)
    throw new Error(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  const path = match[1] ?? match[2]!;
  return `{${path.startsWith('.') ? path : `.${path}`}}`;
}

class Parser {
  readonly #template: string;
  #at = 0;

  constructor(template: string) {
    this.#template = template;
  }

  all(): readonly Part[] {
    return this.#list(false);
  }

  #list(isRange: boolean): readonly Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#template.length) {
      const open = this.#template.indexOf('{', this.#at);
      if (open !== this.#at) {
        parts.push({ is: 'text', text: this.#template.slice(this.#at, open < 0 ? undefined : open) });
        if (open < 0) this.#at = this.#template.length;
      }
      if (open < 0) break;
      const close = closingBrace(this.#template, open);
      const inside = this.#template.slice(open + 1, close).trim();
      this.#at = close + 1;
      if (inside === 'end') {
        if (!isRange) throw new Error('not in range, nothing to end');
        return parts;
      }
      parts.push(this.#action(inside));
    }
    if (isRange) throw new Error('unterminated range');
    return parts;
  }

  #action(inside: string): Part {
    if (/^range\b/.test(inside)) {
      const steps = parseSteps(inside.slice('range'.length));
      return { is: 'range', steps, body: this.#list(true) };
    }
    const quoted = /^"((?:\\.|[^"\\])*)"$|^'((?:\\.|[^'\\])*)'$/s.exec(inside);
    if (quoted) return { is: 'text', text: unquoted(quoted[1] ?? quoted[2]!) };
    return { is: 'path', steps: parseSteps(inside) };
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function unquoted(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_all, u, x, char: string) =>
    u || x ? String.fromCharCode(Number.parseInt(u ?? x, 16)) : (escapes[char] ?? char),
  );
}

/** The results of each part; those of a range's parts follow each other. */
function results(parts: readonly Part[], from: Place, allowMissing: boolean): (readonly Plain[])[] {
  return parts.flatMap(part => {
    if (part.is === 'text') return [[part.text]];
    const places = follow(part.steps, [from], allowMissing);
    if (part.is === 'path') return [places.map(place => place.value)];
    return places.flatMap(place => results(part.body, place, allowMissing));
  });
}

function printValue(value: Plain): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null) return 'null';
  return typeof value === 'object' ? writeCompactJson(value) : showValue(value);
}
