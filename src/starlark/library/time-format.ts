// Formatting by Go's reference layouts: a moment looks like the example of Mon Jan 2 15:04:05 MST 2006.
import { type WallClock, wallClockOf, zoneAbbreviation, zoneOffset } from './time-zone.ts';

/** Names of the months. */
export const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
/** Names of the days, Sunday first. */
export const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The pieces of a layout that stand for something, longest first. `Jan` is none in `Janus`, nor `_2` in `_2006`. */
export const pieces =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|[-Z]07(?::00:00|0000|:00|00|)|[.,]0+(?!\d)|[.,]9+(?!\d)|002|__2|_2(?!006)|01|02|03|04|05|06|15|PM|pm|1|2|3|4|5/g;

function pad(value: number, width: number, fill = '0'): string {
  return String(value).padStart(width, fill);
}

function offsetText(piece: string, offset: number): string {
  if (piece.startsWith('Z') && offset === 0) return 'Z';
  const sign = offset < 0 ? '-' : '+';
  const hours = pad(Math.trunc(Math.abs(offset) / 3600), 2);
  const minutes = pad(Math.trunc((Math.abs(offset) % 3600) / 60), 2);
  if (piece.endsWith('07')) return sign + hours;
  const colon = piece.includes(':') ? ':' : '';
  const seconds = piece.length > 6 ? colon + pad(Math.abs(offset) % 60, 2) : '';
  return `${sign}${hours}${colon}${minutes}${seconds}`;
}

function fractionText(piece: string, nanosecond: number): string {
  const digits = pad(nanosecond, 9).slice(0, piece.length - 1);
  if (piece[1] === '0') return piece[0] + digits.padEnd(piece.length - 1, '0');
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : piece[0] + short;
}

function formatPiece(piece: string, wall: WallClock, seconds: number, zone: string): string {
  if (/^[.,]/.test(piece)) return fractionText(piece, wall.nanosecond);
  if (/^(Z|-)07/.test(piece)) return offsetText(piece, zoneOffset(zone, seconds));
  const weekday = new Date(Date.UTC(2000, 0, 1));
  weekday.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  const hour12 = wall.hour % 12 === 0 ? 12 : wall.hour % 12;
  const yearDay = Math.floor((weekday.getTime() - new Date(weekday).setUTCMonth(0, 1)) / 86_400_000) + 1;
  const texts: Record<string, string> = {
    January: months[wall.month - 1]!,
    Jan: months[wall.month - 1]!.slice(0, 3),
    Monday: days[weekday.getUTCDay()]!,
    Mon: days[weekday.getUTCDay()]!.slice(0, 3),
    MST: zoneAbbreviation(zone, seconds),
    '2006': `${wall.year < 0 ? '-' : ''}${pad(Math.abs(wall.year), 4)}`,
    '06': pad(Math.max(wall.year, 0) % 100, 2),
    '01': pad(wall.month, 2),
    '1': String(wall.month),
    '02': pad(wall.day, 2),
    _2: pad(wall.day, 2, ' '),
    '2': String(wall.day),
    '002': pad(yearDay, 3),
    __2: pad(yearDay, 3, ' '),
    '15': pad(wall.hour, 2),
    '03': pad(hour12, 2),
    '3': String(hour12),
    '04': pad(wall.minute, 2),
    '4': String(wall.minute),
    '05': pad(wall.second, 2),
    '5': String(wall.second),
    PM: wall.hour >= 12 ? 'PM' : 'AM',
    pm: wall.hour >= 12 ? 'pm' : 'am',
  };
  return texts[piece] ?? piece;
}

/** The moment (nanoseconds since 1970, in a zone) in a layout. */
export function formatLayout(nanos: bigint, zone: string, layout: string): string {
  const wall = wallClockOf(nanos, zone);
  const seconds = Number(nanos / 1_000_000_000n);
  return layout.replace(pieces, piece => formatPiece(piece, wall, seconds, zone));
}
