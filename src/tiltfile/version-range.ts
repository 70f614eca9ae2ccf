// Ranges of versions as version_settings takes them: conditions side by side hold together, `||` parts alternatives,
// `x` is any number at the end (reference 2.3). The syntax and the words are those of Tilt's library, so that a Tiltfile
// that works here works for everybody in the team: `^`, `~` and short versions such as `>=1` are refused.

interface Condition {
  /** First version that is meant. */
  readonly from: string;
  /** First version after those that are meant; undefined: `from` alone is meant. */
  readonly until: string | undefined;
  readonly holds: Comparison;
}

type Side = 'below' | 'within' | 'above';
type Comparison = (side: Side) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  '': side => side === 'within',
  '=': side => side === 'within',
  '==': side => side === 'within',
  '!': side => side !== 'within',
  '!=': side => side !== 'within',
  '>': side => side === 'above',
  '>=': side => side !== 'below',
  '<': side => side === 'below',
  '<=': side => side !== 'above',
};

/** Whether `version` lies in `range`. Throws an Error that says what is wrong with the range. */
export function isInRange(version: string, range: string): boolean {
  const alternatives = parseRange(range);
  return alternatives.some(conditions => conditions.every(condition => condition.holds(sideOf(version, condition))));
}

function sideOf(version: string, { from, until }: Condition): Side {
  const side = compareVersions(version, from);
  if (side < 0) return 'below';
  if (until === undefined) return side > 0 ? 'above' : 'within';
  return compareVersions(version, until) >= 0 ? 'above' : 'within';
}

const number = '(?:0|[1-9]\\d*)';
const label = `(?:${number}|\\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const versionForm = new RegExp(
  `^(${number})\\.(${number})\\.(${number})(?:-(${label}(?:\\.${label})*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);

/** Below, at or above zero, by the precedence of Semantic Versioning: what follows a plus counts for nothing. */
function compareVersions(a: string, b: string): number {
  const [, ...left] = versionForm.exec(a) ?? [];
  const [, ...right] = versionForm.exec(b) ?? [];
  for (let i = 0; i < 3; i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePrereleases(left[3], right[3]);
}

/** A version without labels comes after those with; numbers come before words. */
function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    const areNumbers = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (areNumbers[0] && areNumbers[1]) return Number(x) - Number(y);
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function parseRange(range: string): readonly (readonly Condition[])[] {
  // Blanks may follow an operator; what has but one character is no condition.
  const words = range
    .replace(/([<>=]) +/g, '$1')
    .split(' ')
    .filter(word => word.length > 1);
  if (words[0] === '||') throw new Error("First element in range is '||'");
  if (words.length === 0 || words.at(-1) === '||') throw new Error("Last element in range is '||'");
  const alternatives: Condition[][] = [[]];
  for (const word of words) {
    if (word === '||') alternatives.push([]);
    else alternatives.at(-1)!.push(parseCondition(word));
  }
  return alternatives;
}

function parseCondition(word: string): Condition {
  const at = word.search(/\d/);
  if (at < 0) throw new Error(`Could not get version from string: ${JSON.stringify(word)}`);
  const operator = word.slice(0, at);
  const holds = comparisons[operator];
  const place = `Could not parse Range ${JSON.stringify(word)}`;
  if (!holds)
    throw new Error(`${place}: Could not parse comparator ${JSON.stringify(operator)} in ${JSON.stringify(word)}`);
  const text = word.slice(at);
  const any = /^(\d+)(?:\.(\d+))?(?:\.x)+$/.exec(text);
  if (any) {
    const [major, minor] = [Number(any[1]), Number(any[2] ?? 0)];
    const until = any[2] === undefined ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
    return { from: `${major}.${minor}.0`, until, holds };
  }
  const problem = versionProblem(text);
  if (problem)
    throw new Error(`${place}: Could not parse version ${JSON.stringify(text)} in ${JSON.stringify(word)}: ${problem}`);
  return { from: text, until: undefined, holds };
}

/** What keeps a text from being a version, or undefined. */
function versionProblem(text: string): string | undefined {
  if (versionForm.test(text)) return undefined;
  const [major = '', minor, ...rest] = text.split('.');
  if (minor === undefined || rest.length === 0) return 'No Major.Minor.Patch elements found';
  const patch = rest.join('.').replace(/[-+].*$/, '');
  for (const [name, part] of Object.entries({ Major: major, Minor: minor, Patch: patch })) {
    if (part === '') return `${name} number is empty`;
    if (/\D/.test(part)) return `Invalid character(s) found in ${name.toLowerCase()} number ${JSON.stringify(part)}`;
    if (/^0\d/.test(part)) return `${name} number must not contain leading zeroes ${JSON.stringify(part)}`;
  }
  return 'Invalid prerelease or build metadata';
}
