// The text after `/`: words that must all be met. `web api` both, `!web` not, `label:jobs`, `is:failed`, `re:^a.*b$`.
// Does not: know the list; it answers for one row at a time.
import type { ResourceRow } from './resource-row.ts';

export interface ParsedFilter {
  readonly matches: (row: ResourceRow) => boolean;
  /** What is wrong with the text, while the rest still filters. */
  readonly problem?: string;
}

type Test = (row: ResourceRow) => boolean;

/** Reads a filter; the empty text lets everything through. */
export function parseFilter(text: string): ParsedFilter {
  const problems: string[] = [];
  const tests = text
    .trim()
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => parseWord(word, problem => problems.push(problem)));
  return {
    matches: row => tests.every(test => test(row)),
    ...(problems.length > 0 ? { problem: problems[0]! } : {}),
  };
}

function parseWord(word: string, onProblem: (text: string) => void): Test {
  if (word.startsWith('!')) {
    if (word === '!') return () => true;
    const test = parseWord(word.slice(1), onProblem);
    return row => !test(row);
  }
  const [, field, rest = ''] = /^(re|label|is):(.*)$/.exec(word) ?? [];
  if (field === 're') return regexTest(rest, onProblem);
  const wanted = (field ? rest : word).toLowerCase();
  if (field === 'label') return row => row.labels.some(label => label.toLowerCase().includes(wanted));
  if (field === 'is') return row => row.word.toLowerCase().includes(wanted) || row.role.startsWith(wanted);
  return row => row.name.toLowerCase().includes(wanted);
}

function regexTest(source: string, onProblem: (text: string) => void): Test {
  try {
    const regex = new RegExp(source, 'i');
    return row => regex.test(row.name);
  } catch (error) {
    // `Invalid regular expression: /[/i: Unterminated character class`: only the last part is news.
    onProblem(`re: ${(error as Error).message.split(': ').at(-1)?.toLowerCase()}`);
    return () => true;
  }
}
