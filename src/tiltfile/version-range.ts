// Ranges of versions as version_settings takes them: conditions side by side hold together, `||` parts alternatives,
// `x` is any number at the end (reference 2.3). The syntax and the words are those of Tilt's library, so that a Tiltfile
// that works here works for everybody in the team: `^`, `~` and short versions such as `>=1` are refused.
import semver from 'semver';

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
  if (semver.lt(version, from)) return 'below';
  if (until === undefined) return semver.gt(version, from) ? 'above' : 'within';
  return semver.gte(version, until) ? 'above' : 'within';
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
  if (semver.parse(text)) return undefined;
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
