// Parsing by Go's reference layouts.
import { StarlarkError } from '../errors.ts';
import { days, months, pieces } from './time-format.ts';
import { Time } from './time-values.ts';
import { unixNanosOf, type WallClock } from './time-zone.ts';

/** The layout parse_time takes unless told otherwise. */
export const rfc3339 = '2006-01-02T15:04:05Z07:00';

/** What each piece matches when a text is read. */
const patterns: Record<string, string> = {
  January: `(?<monthName>${months.join('|')})`,
  Jan: `(?<monthName>${months.map(name => name.slice(0, 3)).join('|')})`,
  Monday: `(?:${days.join('|')})`,
  Mon: `(?:${days.map(name => name.slice(0, 3)).join('|')})`,
  MST: '(?:[A-Z]{3,5}|[+-]\\d\\d)',
  '2006': '(?<year>\\d{4})',
  '06': '(?<shortYear>\\d\\d)',
  '01': '(?<month>\\d\\d)',
  '1': '(?<month>\\d\\d?)',
  '02': '(?<day>\\d\\d)',
  _2: ' ?(?<day>\\d\\d?)',
  '2': '(?<day>\\d\\d?)',
  '15': '(?<hour>\\d\\d)',
  '03': '(?<hour>\\d\\d)',
  '3': '(?<hour>\\d\\d?)',
  '04': '(?<minute>\\d\\d)',
  '4': '(?<minute>\\d\\d?)',
  '05': '(?<second>\\d\\d)(?:[.,](?<nanos>\\d+))?',
  '5': '(?<second>\\d\\d?)(?:[.,](?<nanos>\\d+))?',
  PM: '(?<half>AM|PM)',
  pm: '(?<half>am|pm)',
  'Z07:00': '(?<zone>Z|[+-]\\d\\d:\\d\\d)',
  Z0700: '(?<zone>Z|[+-]\\d{4})',
  '-07:00': '(?<zone>[+-]\\d\\d:\\d\\d)',
  '-0700': '(?<zone>[+-]\\d{4})',
};

function patternOf(layout: string): RegExp {
  let pattern = '';
  let from = 0;
  for (const match of layout.matchAll(pieces)) {
    pattern += escapeText(layout.slice(from, match.index));
    // A fraction is taken together with the seconds before it.
    pattern += /^[.,]/.test(match[0]) ? '' : (patterns[match[0]] ?? escapeText(match[0]));
    from = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${escapeText(layout.slice(from))}$`);
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function hourOf(groups: Record<string, string | undefined>): number {
  const hour = Number(groups['hour'] ?? 0);
  const half = groups['half']?.toUpperCase();
  if (half === 'PM' && hour < 12) return hour + 12;
  return half === 'AM' && hour === 12 ? 0 : hour;
}

function monthOf(groups: Record<string, string | undefined>): number {
  const name = groups['monthName'];
  return name === undefined ? Number(groups['month'] ?? 1) : months.findIndex(month => month.startsWith(name)) + 1;
}

function yearOf(groups: Record<string, string | undefined>): number {
  const short = groups['shortYear'];
  if (short !== undefined) return Number(short) + (Number(short) >= 69 ? 1900 : 2000);
  return Number(groups['year'] ?? 0);
}

/** The moment that `text` says in `layout`; without a zone of its own it is meant in `zone`. */
export function parseLayout(text: string, layout: string, zone: string): Time {
  const cannot = `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}`;
  const groups = patternOf(layout).exec(text)?.groups;
  if (!groups) throw new StarlarkError(`${cannot}: cannot parse ${JSON.stringify(text)}`);
  const wall: WallClock = {
    year: yearOf(groups),
    month: monthOf(groups),
    day: Number(groups['day'] ?? 1),
    hour: hourOf(groups),
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    nanosecond: Number((groups['nanos'] ?? '').slice(0, 9).padEnd(9, '0')),
  };
  const lastDay = new Date(Date.UTC(2000, wall.month, 0));
  lastDay.setUTCFullYear(wall.year, wall.month, 0);
  const outside =
    wall.month < 1 || wall.month > 12
      ? 'month'
      : wall.day < 1 || wall.day > lastDay.getUTCDate()
        ? 'day'
        : wall.hour > 23
          ? 'hour'
          : wall.minute > 59
            ? 'minute'
            : wall.second > 59
              ? 'second'
              : undefined;
  if (outside) throw new StarlarkError(`parsing time ${JSON.stringify(text)}: ${outside} out of range`);
  const own = groups['zone'] === undefined ? zone : groups['zone'] === 'Z' ? 'UTC' : groups['zone'];
  return new Time(unixNanosOf(wall, own), own);
}
