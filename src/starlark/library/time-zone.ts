// Time zones, asked of Intl: what a clock on the wall shows, and back.

/** What a clock and a calendar show. Month and day count from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const nanosPerSecond = 1_000_000_000n;

function intlName(zone: string): string | undefined {
  return zone === 'Local' ? undefined : zone;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: intlName(zone),
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    formats.set(zone, format);
  }
  return format;
}

/** The name of a zone that is seconds east of Greenwich, `+7200 CEST` for example; the abbreviation may be empty. */
export function fixedZone(offset: number, abbreviation: string): string {
  return `${offset < 0 ? '' : '+'}${offset} ${abbreviation}`;
}

/** The seconds east of Greenwich of a fixed zone or UTC; undefined for a zone with a name. */
function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC') return 0;
  return /^[-+]\d+ /.test(zone) ? Number.parseInt(zone, 10) : undefined;
}

/** Whether a name is a time zone of the IANA database, `UTC` or `Local`. */
export function isZone(name: string): boolean {
  if (name === 'Local' || name === 'UTC') return true;
  try {
    formatOf(name);
    // Intl does not mind the case, the database does.
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

/** Seconds since 1970 of a wall clock in UTC; out-of-range parts carry over. */
function utcSeconds(wall: WallClock): number {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  date.setUTCHours(wall.hour, wall.minute, wall.second);
  return date.getTime() / 1000;
}

/** Seconds east of Greenwich that a zone has at a moment (seconds since 1970). */
export function zoneOffset(zone: string, seconds: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(seconds * 1000)
      .map(part => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const shown = utcSeconds({
    year,
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    nanosecond: 0,
  });
  return shown - seconds;
}

/** Nanoseconds since 1970 of what a clock shows in a zone. */
export function unixNanosOf(wall: WallClock, zone: string): bigint {
  const naive = utcSeconds(wall);
  // The offset depends on the moment that is looked for; a second look settles it except within a change of the clocks.
  const guess = naive - zoneOffset(zone, naive);
  const seconds = naive - zoneOffset(zone, guess);
  return BigInt(seconds) * nanosPerSecond + BigInt(wall.nanosecond);
}

/** What a clock in a zone shows at a moment (nanoseconds since 1970). */
export function wallClockOf(nanos: bigint, zone: string): WallClock {
  const nanosecond = ((nanos % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const seconds = Number((nanos - nanosecond) / nanosPerSecond);
  const date = new Date((seconds + zoneOffset(zone, seconds)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(nanosecond),
  };
}

/** Intl abbreviates the zones that are common in a country, for that country only. */
const abbreviationLocales = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'ja-JP'];
const abbreviationFormats = new Map<string, Intl.DateTimeFormat>();

function abbreviationFormat(locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  let format = abbreviationFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { timeZone: intlName(zone), timeZoneName: 'short' });
    abbreviationFormats.set(key, format);
  }
  return format;
}

/** The zone's abbreviation at a moment, `EST` for example, else its offset. */
export function zoneAbbreviation(zone: string, seconds: number): string {
  if (zone === 'UTC') return 'UTC';
  if (fixedOffset(zone) !== undefined) return zone.slice(zone.indexOf(' ') + 1) || signed(fixedOffset(zone)!, true);
  const offset = zoneOffset(zone, seconds);
  const recent = recentMoment(seconds);
  const halfYear = 182 * 86_400;
  const alike = [recent, recent + halfYear].find(moment => zoneOffset(zone, moment) === offset);
  const name = abbreviationIn(zone, seconds) ?? (alike === undefined ? undefined : abbreviationIn(zone, alike));
  return name ?? signed(offset, false);
}

/** The moment of the same day and hour between 2000 and 2028: Intl has abbreviations for some decades only. */
function recentMoment(seconds: number): number {
  const calendarCycle = 28 * 365.25 * 86_400;
  return 946_684_800 + (((seconds % calendarCycle) + calendarCycle) % calendarCycle);
}

function abbreviationIn(zone: string, seconds: number): string | undefined {
  for (const locale of abbreviationLocales) {
    const parts = abbreviationFormat(locale, zone).formatToParts(seconds * 1000);
    const name = parts.find(part => part.type === 'timeZoneName')?.value ?? '';
    // The zone of Lord Howe has letters in Intl only.
    if (/^(?!LH)[A-Z]{3,5}$/.test(name)) return name;
  }
  return undefined;
}

/** An offset as an abbreviation: `+02`, or `+0200` with `minutesAlways`. */
function signed(offset: number, minutesAlways: boolean): string {
  const hours = String(Math.trunc(Math.abs(offset) / 3600)).padStart(2, '0');
  const minutes = Math.trunc((Math.abs(offset) % 3600) / 60);
  const shown = minutesAlways || minutes > 0 ? String(minutes).padStart(2, '0') : '';
  return `${offset < 0 ? '-' : '+'}${hours}${shown}`;
}
