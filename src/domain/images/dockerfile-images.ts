// Which images a Dockerfile starts from or copies from. What cannot be read is skipped: the build will say what is wrong.
import { type ImageRef, parseImageRef } from './image-ref.ts';

interface Instruction {
  readonly name: string;
  readonly flags: readonly string[];
  readonly words: readonly string[];
}

/** Images of FROM and COPY --from, in order, ARGs filled in; `buildArgs` are `K=V` and beat the file's defaults. */
export function dockerfileImages(source: string, buildArgs: readonly string[]): ImageRef[] {
  const escapeChar = /^\s*#\s*escape\s*=\s*`/im.test(directives(source)) ? '`' : '\\';
  // Newest first: an ARG that is declared again does not change what an earlier one gave.
  const declared: [string, string | undefined][] = [];
  const images: ImageRef[] = [];
  for (const { name, flags, words } of instructions(source, escapeChar)) {
    if (name === 'arg') declared.unshift(...words.map(splitArg));
    else if (name === 'from' && words[0] !== undefined) push(images, expand(words[0], argValues(declared, buildArgs)));
    else if (name === 'copy') {
      const from = flags.find(flag => flag.startsWith('--from='));
      if (from) push(images, unquote(from.slice('--from='.length)));
    }
  }
  return images;
}

function push(images: ImageRef[], text: string): void {
  try {
    images.push(parseImageRef(text));
  } catch {
    // no name of an image
  }
}

/** The comments at the very top, which may set the escape character. */
function directives(source: string): string {
  return /^(?:\s*#.*\n?)*/.exec(source.replace(/^\uFEFF/, ''))![0];
}

function* instructions(source: string, escapeChar: string): Generator<Instruction> {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    if (isComment(lines[i]!)) continue;
    let whole = '';
    for (; i < lines.length; i++) {
      if (whole !== '' && isComment(lines[i]!)) continue;
      const line = lines[i]!.trimEnd();
      if (!line.endsWith(escapeChar)) {
        whole += line;
        break;
      }
      whole += line.slice(0, -1);
    }
    for (const match of whole.matchAll(/<<-?(["']?)(\w+)\1/g)) i = skipHeredoc(lines, i, match[2]!);
    const instruction = parseInstruction(whole.trim());
    if (instruction) yield instruction;
  }
}

function isComment(line: string): boolean {
  return /^\s*(#.*)?$/.test(line);
}

function skipHeredoc(lines: readonly string[], at: number, end: string): number {
  for (let i = at + 1; i < lines.length; i++) if (lines[i]!.trim() === end) return i;
  return at;
}

function parseInstruction(line: string): Instruction | undefined {
  const [name = '', ...rest] = line.split(/\s+/);
  if (name === '') return undefined;
  const flags: string[] = [];
  while (rest[0]?.startsWith('--')) flags.push(rest.shift()!);
  return { name: name.toLowerCase(), flags, words: rest.filter(word => word !== '') };
}

function splitArg(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function argValues(
  declared: readonly (readonly [string, string | undefined])[],
  buildArgs: readonly string[],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of [...declared, ...buildArgs.map(splitArg)])
    values.set(name, value === undefined ? '' : expand(value, values));
  return values;
}

function unquote(text: string): string {
  return text.replace(/^"(.*)"$/, '$1').replace(/^'(.*)'$/, '$1');
}

const variable = /\\(.)|\$(\w+)|\$\{(\w+)(?:(:?[-+?])([^}]*))?\}/g;

/** Fills in variables as a Dockerfile does: `$A`, `${A}`, `${A:-default}`, `${A:+other}`. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return unquote(text).replace(variable, (_whole, escaped, plain, braced, operator, word) => {
    if (escaped !== undefined) return escaped as string;
    const value = values.get((plain ?? braced) as string);
    if (operator === undefined) return value ?? '';
    const isSet = value !== undefined && (operator[0] !== ':' || value !== '');
    if (operator.endsWith('-')) return isSet ? value : (word as string);
    if (operator.endsWith('+')) return isSet ? (word as string) : '';
    return value ?? '';
  });
}
