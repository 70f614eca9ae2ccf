// Moments as Kubernetes' objects hold them, read with Go's rules and refused with its words.
import { goQuote } from '../../base/go-quote.ts';

/** What is wrong with a text as a moment. */
export class TimeProblem extends Error {}

/** Whole seconds, or exactly six digits behind them. */
export type Precision = 'seconds' | 'microseconds';

/** One part of a moment: how Go calls it, and the least and most that it may be. */
interface Part {
  readonly layout: string;
  readonly form: RegExp;
  readonly range?: readonly [least: number, most: number, what: string];
}

const beforeFraction: readonly Part[] = [
  { layout: '2006', form: /^\d{4}/ },
  { layout: '-', form: /^-/ },
  { layout: '01', form: /^\d\d/, range: [1, 12, 'month'] },
  { layout: '-', form: /^-/ },
  { layout: '02', form: /^\d\d/ },
  { layout: 'T', form: /^T/ },
  { layout: '15', form: /^\d\d?/, range: [0, 23, 'hour'] },
  { layout: ':', form: /^:/ },
  { layout: '04', form: /^\d\d/, range: [0, 59, 'minute'] },
  { layout: ':', form: /^:/ },
  { layout: '05', form: /^\d\d/, range: [0, 59, 'second'] },
];
const microseconds: Part = { layout: '.000000', form: /^[.,]\d{6}/ };
const zone: Part = { layout: 'Z07:00', form: /^(?:Z|[-+]\d\d:\d\d)/ };

const parts: Readonly<Record<Precision, readonly Part[]>> = {
  seconds: [...beforeFraction, zone],
  microseconds: [...beforeFraction, microseconds, zone],
};

/** The moment as Kubernetes writes it: in UTC, or null for the moment that stands for none. Throws TimeProblem. */
export function canonicalTime(text: string, precision: Precision): string | null {
  const found = splitTime(text, precision);
  const [year, , month, , day, , hour, , minute, , second] = found.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  date.setUTCHours(hour!, minute! - offsetMinutes(found.at(-1)!), second!);
  const fraction = precision === 'microseconds' ? `.${found.at(-2)!.slice(1)}` : '';
  const written = date
    .toISOString()
    .replace(/^\+0*/, '')
    .replace(/\.\d+Z$/, `${fraction}Z`);
  return /^0001-01-01T00:00:00(\.0+)?Z$/.test(written) ? null : written;
}

/** The parts of the text in the layout's order. */
function splitTime(text: string, precision: Precision): string[] {
  const found: string[] = [];
  let rest = text;
  for (const part of parts[precision]) {
    const match = part.form.exec(rest)?.[0];
    if (match === undefined) {
      const layout = parts[precision].map(each => each.layout).join('');
      throw new TimeProblem(
        `parsing time ${goQuote(text)} as "${layout}": cannot parse ${goQuote(rest)} as "${part.layout}"`,
      );
    }
    if (part.range) checkRange(text, Number(match), part.range);
    found.push(match);
    rest = rest.slice(match.length);
    // A fraction may stand behind the seconds though the layout has none.
    if (part.layout === '05' && precision === 'seconds') rest = rest.replace(/^[.,]\d+/, '');
  }
  checkZone(text, found.at(-1)!);
  if (rest !== '') throw new TimeProblem(`parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`);
  checkRange(text, Number(found[4]), [1, daysOfMonth(Number(found[0]), Number(found[2])), 'day']);
  return found;
}

function checkRange(text: string, value: number, [least, most, what]: readonly [number, number, string]): void {
  if (value < least || value > most) throw new TimeProblem(`parsing time ${goQuote(text)}: ${what} out of range`);
}

function checkZone(text: string, written: string): void {
  if (written === 'Z') return;
  checkRange(text, Number(written.slice(1, 3)), [0, 24, 'time zone offset hour']);
  checkRange(text, Number(written.slice(4)), [0, 60, 'time zone offset minute']);
}

function daysOfMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Minutes east of Greenwich. */
function offsetMinutes(written: string): number {
  if (written === 'Z') return 0;
  return (written[0] === '-' ? -1 : 1) * (Number(written.slice(1, 3)) * 60 + Number(written.slice(4)));
}
