// Parsing by Go's reference layouts: piece by piece from left to right, so that an error names the piece that does not fit.
import { StarlarkError } from '../errors.ts';
import { days, months, pieces } from './time-format.ts';
import { Time } from './time-values.ts';
import { fixedZone, unixNanosOf, zoneAbbreviation, zoneOffset } from './time-zone.ts';

/** The layout parse_time takes unless told otherwise. */
export const rfc3339 = '2006-01-02T15:04:05Z07:00';

/** What has been read of a moment. */
interface Reading {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half: 'AM' | 'PM' | undefined;
  isUtc: boolean;
  /** Seconds east of Greenwich. */
  offset: number | undefined;
  zoneName: string;
}

/** A part that no moment can have; the text is understood nevertheless. */
class OutOfRange extends Error {}

/** Finds the first piece of a layout. */
const nextPiece = new RegExp(pieces.source);

const shortMonths = months.map(name => name.slice(0, 3));
const shortDays = days.map(name => name.slice(0, 3));

/** Reads the beginning of `text` by a pattern; gives the match, or undefined. */
type Take = (pattern: RegExp) => RegExpExecArray | undefined;

function inRange(value: number, least: number, most: number, what: string): number {
  if (value < least || value > most) throw new OutOfRange(what);
  return value;
}

function nanosecondsOf(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}

function takeName(take: Take, names: readonly string[]): number | undefined {
  const found = take(new RegExp(`^(?:${names.join('|')})`, 'i'));
  if (!found) return undefined;
  return names.findIndex(name => name.toLowerCase() === found[0].toLowerCase());
}

/** A number of one or two digits, or of exactly two where the piece begins with 0. */
function takeNumber(take: Take, piece: string): number | undefined {
  const found = take(piece.startsWith('0') ? /^\d\d/ : /^\d\d?/);
  return found && Number(found[0]);
}

function takeOffset(take: Take, piece: string, reading: Reading): boolean {
  if (piece.startsWith('Z') && take(/^Z/)) {
    reading.isUtc = true;
    return true;
  }
  const colon = piece.includes(':') ? ':' : '';
  const count = piece.replaceAll(':', '').length;
  const digits = ['(\\d\\d)', '(\\d\\d)', '(\\d\\d)'].slice(0, (count - 1) / 2).join(colon);
  const found = take(new RegExp(`^([-+])${digits}`));
  if (!found) return false;
  const hours = inRange(Number(found[2]), 0, 24, 'time zone offset hour');
  const minutes = inRange(Number(found[3] ?? 0), 0, 60, 'time zone offset minute');
  const seconds = inRange(Number(found[4] ?? 0), 0, 60, 'time zone offset second');
  reading.offset = (found[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
  return true;
}

function takeZoneName(take: Take, reading: Reading): boolean {
  if (take(/^UTC/)) {
    reading.isUtc = true;
    return true;
  }
  const found = take(
    /^(?:ChST|MeST|WITA|GMT(?:[-+]\d{1,2})?|[-+]\d\d|[A-Z]{4}T(?![A-Z])|[A-Z]{3}T(?![A-Z])|[A-Z]{3}(?![A-Z]))/,
  );
  if (found) reading.zoneName = found[0];
  return found !== undefined;
}

/** Reads seconds, and the fraction that may follow though the layout has none. */
function takeSeconds(take: Take, piece: string, reading: Reading, rest: string): boolean {
  const second = takeNumber(take, piece);
  if (second === undefined) return false;
  reading.second = inRange(second, 0, 59, 'second');
  const following = nextPiece.exec(rest)?.[0] ?? '';
  if (/^[.,]/.test(following)) return true;
  const fraction = take(/^[.,](\d+)/);
  if (fraction) reading.nanosecond = nanosecondsOf(fraction[1]!);
  return true;
}

function takeFraction(take: Take, piece: string, reading: Reading): boolean {
  const fraction = take(piece[1] === '0' ? new RegExp(`^[.,](\\d{${piece.length - 1}})`) : /^[.,](\d+)/);
  if (fraction) reading.nanosecond = nanosecondsOf(fraction[1]!);
  return fraction !== undefined || piece[1] === '9';
}

function takeDate(take: Take, piece: string, reading: Reading): boolean | undefined {
  switch (piece) {
    case '2006': {
      const year = take(/^\d{4}/);
      if (year) reading.year = Number(year[0]);
      return year !== undefined;
    }
    case '06': {
      const year = take(/^\d\d/);
      if (year) reading.year = Number(year[0]) + (Number(year[0]) >= 69 ? 1900 : 2000);
      return year !== undefined;
    }
    case 'January':
    case 'Jan': {
      const month = takeName(take, piece === 'Jan' ? shortMonths : months);
      if (month !== undefined) reading.month = month + 1;
      return month !== undefined;
    }
    case 'Monday':
    case 'Mon':
      return takeName(take, piece === 'Mon' ? shortDays : days) !== undefined;
    case '01':
    case '1': {
      const month = takeNumber(take, piece);
      if (month !== undefined) reading.month = inRange(month, 1, 12, 'month');
      return month !== undefined;
    }
    case '02':
    case '2':
    case '_2':
      if (piece === '_2') take(/^ /);
      reading.day = takeNumber(take, piece);
      return reading.day !== undefined;
    case '002':
    case '__2': {
      const day = take(piece === '002' ? /^\d{3}/ : /^ {0,2}(?=\d)(?:\d{1,3})/);
      if (day) reading.yearDay = Number(day[0]);
      return day !== undefined;
    }
  }
  return undefined;
}

function takePiece(take: Take, piece: string, reading: Reading, rest: string): boolean {
  const isDate = takeDate(take, piece, reading);
  if (isDate !== undefined) return isDate;
  if (/^[-Z]07/.test(piece)) return takeOffset(take, piece, reading);
  if (/^[.,]/.test(piece)) return takeFraction(take, piece, reading);
  if (piece === 'MST') return takeZoneName(take, reading);
  if (piece === '05' || piece === '5') return takeSeconds(take, piece, reading, rest);
  if (piece === 'PM' || piece === 'pm') {
    const half = take(piece === 'PM' ? /^[AP]M/ : /^[ap]m/);
    if (half) reading.half = half[0].toUpperCase() as 'AM' | 'PM';
    return half !== undefined;
  }
  const value = takeNumber(take, piece === '15' ? '1' : piece);
  if (value === undefined) return false;
  if (piece.endsWith('4')) reading.minute = inRange(value, 0, 59, 'minute');
  else reading.hour = inRange(value, 0, piece === '15' ? 23 : 12, 'hour');
  return true;
}

/** Takes the text between two pieces; blanks stand for any number of blanks. What is left, and whether it fits. */
function skipText(text: string, between: string): { rest: string; fits: boolean } {
  let rest = text;
  for (let at = 0; at < between.length; ) {
    if (between[at] === ' ') {
      if (rest !== '' && rest[0] !== ' ') return { rest, fits: false };
      while (between[at] === ' ') at++;
      rest = rest.replace(/^ +/, '');
    } else if (rest[0] !== between[at]) return { rest, fits: false };
    else {
      rest = rest.slice(1);
      at++;
    }
  }
  return { rest, fits: true };
}

/** The moment of what was read; without a zone of its own it is meant in `zone`. */
function momentOf(reading: Reading, zone: string): Time {
  const { year, hour, minute, second, nanosecond, half } = reading;
  let { month, day } = reading;
  if (reading.yearDay !== undefined) {
    const isLeap = new Date(Date.UTC(2000 + (year % 400), 1, 29)).getUTCMonth() === 1;
    const date = new Date(
      Date.UTC(isLeap ? 2000 : 2001, 0, inRange(reading.yearDay, 1, isLeap ? 366 : 365, 'day-of-year')),
    );
    if (month !== undefined && month !== date.getUTCMonth() + 1)
      throw new OutOfRange('day-of-year does not match month');
    if (day !== undefined && day !== date.getUTCDate()) throw new OutOfRange('day-of-year does not match day');
    month = date.getUTCMonth() + 1;
    day = date.getUTCDate();
  }
  month ??= 1;
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  day = inRange(day ?? 1, 1, lastDay, 'day');
  const hour24 = half === 'PM' && hour < 12 ? hour + 12 : half === 'AM' && hour === 12 ? 0 : hour;
  const wall = { year, month, day, hour: hour24, minute, second, nanosecond };
  if (reading.isUtc) return new Time(unixNanosOf(wall, 'UTC'), 'UTC');
  // As in Go, an offset or abbreviation that the surrounding zone has at that moment means that zone.
  const around = zone === 'UTC' ? 'Local' : zone;
  if (reading.offset !== undefined) {
    const nanos = unixNanosOf(wall, fixedZone(reading.offset, ''));
    const seconds = Number(nanos / 1_000_000_000n);
    const isAround =
      zoneOffset(around, seconds) === reading.offset &&
      (reading.zoneName === '' || zoneAbbreviation(around, seconds) === reading.zoneName);
    return new Time(nanos, isAround ? around : fixedZone(reading.offset, reading.zoneName));
  }
  if (reading.zoneName === '') return new Time(unixNanosOf(wall, zone), zone);
  const local = unixNanosOf(wall, around);
  if (zoneAbbreviation(around, Number(local / 1_000_000_000n)) === reading.zoneName) return new Time(local, around);
  const hours = /^GMT([-+]\d+)$/.exec(reading.zoneName);
  const unknown = fixedZone(hours ? Number(hours[1]) * 3600 : 0, reading.zoneName);
  return new Time(unixNanosOf(wall, unknown), unknown);
}

/** The moment that `text` says in `layout`; without a zone of its own it is meant in `zone`. */
export function parseLayout(text: string, layout: string, zone: string): Time {
  const reading: Reading = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: undefined,
    isUtc: false,
    offset: undefined,
    zoneName: '',
  };
  const shown = JSON.stringify(text);
  const cannot = (value: string, as: string): StarlarkError =>
    new StarlarkError(
      `parsing time ${shown} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(value)} as ${JSON.stringify(as)}`,
    );
  let value = text;
  const take: Take = pattern => {
    const found = pattern.exec(value) ?? undefined;
    if (found) value = value.slice(found[0].length);
    return found;
  };
  const between = (part: string): void => {
    const { rest, fits } = skipText(value, part);
    value = rest;
    if (!fits) throw cannot(rest, part);
  };
  try {
    let from = 0;
    for (const match of [...layout.matchAll(pieces)]) {
      between(layout.slice(from, match.index));
      from = match.index + match[0].length;
      const before = value;
      if (!takePiece(take, match[0], reading, layout.slice(from))) throw cannot(before, match[0]);
    }
    between(layout.slice(from));
    if (value !== '') throw new StarlarkError(`parsing time ${shown}: extra text: ${JSON.stringify(value)}`);
    return momentOf(reading, zone);
  } catch (error) {
    if (!(error instanceof OutOfRange)) throw error;
    const what = error.message.startsWith('day-of-year does') ? error.message : `${error.message} out of range`;
    throw new StarlarkError(`parsing time ${shown}: ${what}`);
  }
}
