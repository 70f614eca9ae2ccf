// The text after `/`: words that must all be met. `web api` both, `!web` not, `label:jobs`, `is:failed`, `re:^a.*b$`.
// Does not: know the list; it answers for one row at a time.
import type { ResourceRow } from './resource-row.ts';
import { isProblem } from './row-state.ts';

export interface ParsedFilter {
  readonly matches: (row: ResourceRow) => boolean;
  /** What is wrong with the text, while the rest still filters. */
  readonly problem?: string;
}

type Test = (row: ResourceRow) => boolean;

/** What the person made of the resources. */
export interface NamedSets {
  readonly starred: ReadonlySet<string>;
  readonly marked: ReadonlySet<string>;
}

const noSets: NamedSets = { starred: new Set(), marked: new Set() };

/** Reads a filter; the empty text lets everything through. */
export function parseFilter(text: string, sets: NamedSets = noSets): ParsedFilter {
  const problems: string[] = [];
  const tests = text
    .trim()
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => parseWord(word, { sets, onProblem: problem => problems.push(problem) }));
  return {
    matches: row => tests.every(test => test(row)),
    ...(problems.length > 0 ? { problem: problems[0]! } : {}),
  };
}

interface Context {
  readonly sets: NamedSets;
  readonly onProblem: (text: string) => void;
}

function parseWord(word: string, context: Context): Test {
  const { sets, onProblem } = context;
  if (word.startsWith('!')) {
    if (word === '!') return () => true;
    const test = parseWord(word.slice(1), context);
    return row => !test(row);
  }
  const [, field, rest = ''] = /^(re|label|is):(.*)$/.exec(word) ?? [];
  if (field === 're') return regexTest(rest, onProblem);
  const wanted = (field ? rest : word).toLowerCase();
  if (field === 'label') return row => row.labels.some(label => label.toLowerCase().includes(wanted));
  if (field === 'is' && (wanted === 'starred' || wanted === 'marked')) return row => sets[wanted].has(row.name);
  if (field === 'is') return stateTest(wanted, onProblem);
  return row => row.name.toLowerCase().includes(wanted);
}

/** What `is:` understands besides the words that rows show. The header counts a crash as failed, so that `is:failed` does too. */
const stateWords: Readonly<Record<string, (row: ResourceRow) => boolean>> = {
  failed: isProblem,
  error: isProblem,
  crashed: row => row.role === 'crashed',
  warn: row => row.role === 'warn',
  building: row => row.role === 'building',
  waiting: row => row.role === 'pending',
  pending: row => row.role === 'pending',
  starting: row => row.role === 'starting',
  changed: row => row.role === 'stale',
  ready: row => row.role === 'ok',
  ok: row => row.role === 'ok' || row.role === 'done',
  done: row => row.role === 'done',
  manual: row => row.role === 'manual',
  disabled: row => row.role === 'disabled',
};

/** A state by the beginning of its word, or what a row says of itself. */
function stateTest(wanted: string, onProblem: (text: string) => void): Test {
  const tests = Object.entries(stateWords)
    .filter(([word]) => word.startsWith(wanted))
    .map(([, test]) => test);
  if (tests.length === 0) onProblem(`is: ${Object.keys(stateWords).join(' ')} starred marked`);
  return row => tests.some(test => test(row)) || row.word.toLowerCase().includes(wanted);
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
