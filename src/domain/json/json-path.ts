// Kubernetes' JSON paths: `{.spec.containers[*].image}`. Finds places in data, so that they can be read and changed.
import { getKey, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';

/** A place in data: its value can be replaced through the holder. */
export interface Place {
  readonly value: Plain;
  /** undefined for the root. */
  readonly holder?: PlainMap | Plain[];
  readonly key?: string | number;
}

/** One step of a path. */
export type Step =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'all' }
  | { readonly is: 'recursive' }
  | { readonly is: 'index'; readonly at: number }
  | { readonly is: 'slice'; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly is: 'union'; readonly steps: readonly Step[] }
  | { readonly is: 'filter'; readonly left: string; readonly operator: string; readonly right: string };

export interface JsonPath {
  readonly text: string;
  readonly parts: readonly (readonly Step[] | string)[];
}

/** Reads a path. Throws with Kubernetes' words. */
export function parseJsonPath(text: string): JsonPath {
  const parts: (readonly Step[] | string)[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) {
      parts.push(text.slice(at));
      break;
    }
    if (open > at) parts.push(text.slice(at, open));
    const close = closingBrace(text, open);
    parts.push(parseSteps(text.slice(open + 1, close)));
    at = close + 1;
  }
  return { text, parts };
}

/** Offset of the brace that closes the one at `open`; quotes inside are passed over. Throws when there is none. */
export function closingBrace(text: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '}') return i;
  }
  throw new Error('unclosed action');
}

/** The steps of what stands between two braces. Throws with Kubernetes' words. */
export function parseSteps(source: string): Step[] {
  const steps: Step[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const [step, length] = nextStep(rest);
    if (step) steps.push(step);
    rest = rest.slice(length).trimStart();
  }
  return steps;
}

function nextStep(rest: string): [Step | undefined, number] {
  if (rest.startsWith('..')) return [{ is: 'recursive' }, rest[2] === '[' || rest[2] === '*' ? 2 : 1];
  if (rest[0] === '$' || rest[0] === '@') return [undefined, 1];
  if (rest[0] === '[') return bracket(rest);
  if (rest[0] === '*') return [{ is: 'all' }, 1];
  if (rest[0] === '.') {
    if (rest[1] === '*') return [{ is: 'all' }, 2];
    if (rest.length === 1 || rest[1] === '[') return [undefined, 1];
    const match = /^\.((?:\\.|[^\s.,[\]$@{}])+)/.exec(rest);
    if (match) return [{ is: 'field', name: match[1]!.replace(/\\(.)/g, '$1') }, match[0].length];
  }
  const word = /^[\w-]+/.exec(rest);
  if (word) throw new Error(`unrecognized identifier ${word[0]}`);
  throw new Error(
    `unrecognized character in action: U+${rest.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${rest[0]}'`,
  );
}

function bracket(rest: string): [Step, number] {
  let quote = '';
  let depth = 0;
  for (let i = 0; i < rest.length; i++) {
    const char = rest[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[') depth++;
    else if (char === ']' && --depth === 0) return [parseBracket(rest.slice(1, i)), i + 1];
  }
  throw new Error('unterminated array');
}

function parseBracket(inside: string): Step {
  const text = inside.trim();
  if (text.startsWith('?(')) return parseFilter(text);
  const items = text.match(/'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|[^,]+/g) ?? [];
  const steps = items.map(item => parseItem(item.trim()));
  if (steps.length === 0) throw new Error('unterminated array');
  return steps.length === 1 ? steps[0]! : { is: 'union', steps };
}

function parseItem(item: string): Step {
  if (item === '*') return { is: 'all' };
  const quoted = /^'(.*)'$/s.exec(item);
  if (quoted) return { is: 'field', name: quoted[1]!.replace(/\\(.)/g, '$1') };
  if (/^-?\d+$/.test(item)) return { is: 'index', at: Number(item) };
  const slice = /^(-?\d*):(-?\d*)(?::(-?\d*))?$/.exec(item);
  if (!slice) throw new Error(`invalid array index ${item}`);
  const number = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);
  return { is: 'slice', from: number(slice[1]), to: number(slice[2]), by: number(slice[3]) ?? 1 };
}

function parseFilter(text: string): Step {
  const inner = /^\?\((.*)\)$/s.exec(text);
  if (!inner) throw new Error('unterminated filter');
  const match = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/s.exec(inner[1]!);
  if (!match) return { is: 'filter', left: inner[1]!.trim(), operator: 'exists', right: '' };
  return { is: 'filter', left: match[1]!.trim(), operator: match[2]!, right: match[3]!.trim() };
}

/** All places that the path leads to. Throws for a field that is not there, with Kubernetes' words. */
export function findPlaces(path: JsonPath, root: Plain): Place[] {
  return path.parts.flatMap(part => (typeof part === 'string' ? [{ value: part }] : follow(part, [{ value: root }])));
}

/** Places that steps lead to from other places. `allowMissing`: a field that is not there leads nowhere, and is no error. */
export function follow(steps: readonly Step[], from: readonly Place[], allowMissing = false): Place[] {
  let places = [...from];
  for (const step of steps) {
    const before = places;
    // A field may be missing in some of several places, not in all.
    const isLenient = allowMissing || (step.is === 'field' && before.length > 1);
    places = before.flatMap(place => takeStep(step, place, isLenient));
    if (!allowMissing && isLenient && places.length === 0) takeStep(step, before[0]!, false);
  }
  return places;
}

function takeStep(step: Step, place: Place, allowMissing: boolean): Place[] {
  const { value } = place;
  switch (step.is) {
    case 'field':
      return takeField(step.name, value, allowMissing);
    case 'all':
      return children(value);
    case 'recursive':
      return [place, ...descendants(value)];
    case 'index':
      return takeIndex(step.at, value);
    case 'slice':
      return takeSlice(step, value);
    case 'union':
      return step.steps.flatMap(item => takeStep(item, place, allowMissing));
    case 'filter':
      return children(value).filter(child => isWanted(step, child.value));
  }
}

function takeField(name: string, value: Plain, allowMissing: boolean): Place[] {
  if (isMap(value)) {
    const found = getKey(value, name);
    if (found !== undefined) return [{ value: found, holder: value, key: name }];
  }
  if (allowMissing) return [];
  throw new Error(`${name} is not found`);
}

function takeIndex(at: number, value: Plain): Place[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is not array or slice`);
  const index = at < 0 ? at + value.length : at;
  if (index < 0 || index >= value.length) throw outOfBounds(at, value.length);
  return [{ value: value[index]!, holder: value, key: index }];
}

function outOfBounds(at: number, length: number): Error {
  return new Error(`array index out of bounds: index ${at}, length ${length}`);
}

function takeSlice(step: Extract<Step, { is: 'slice' }>, value: Plain): Place[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is not array or slice`);
  const places: Place[] = [];
  const bound = (at: number): number => (at < 0 ? at + value.length : at);
  const to = bound(step.to ?? value.length);
  if (to > value.length) throw outOfBounds(to - 1, value.length);
  for (let i = Math.max(0, bound(step.from ?? 0)); i < to; i += Math.max(1, step.by))
    places.push({ value: value[i]!, holder: value, key: i });
  return places;
}

function children(value: Plain): Place[] {
  if (Array.isArray(value)) return value.map((item, key) => ({ value: item, holder: value, key }));
  if (isMap(value)) return Object.keys(value).map(key => ({ value: value[key]!, holder: value, key }));
  return [];
}

function descendants(value: Plain): Place[] {
  return children(value).flatMap(child => [child, ...descendants(child.value)]);
}

function isWanted(step: Extract<Step, { is: 'filter' }>, value: Plain): boolean {
  const left = operand(step.left, value);
  if (step.operator === 'exists') return left !== undefined;
  const right = operand(step.right, value);
  if (left === undefined || right === undefined || left === null || right === null) return false;
  switch (step.operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function operand(text: string, value: Plain): Plain | undefined {
  const quoted = /^'(.*)'$|^"(.*)"$/s.exec(text);
  if (quoted) return quoted[1] ?? quoted[2]!;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  try {
    return follow(parseSteps(text), [{ value }])[0]?.value;
  } catch {
    return undefined;
  }
}
