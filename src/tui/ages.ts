// How long ago, in the shortest words: `4s`, `12m`, `1h`, `3d`. Whole units, always rounded down, so that a text changes
// as seldom as it can.

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function unitOf(ageMs: number): readonly [unitMs: number, letter: string] {
  if (ageMs < minuteMs) return [secondMs, 's'];
  if (ageMs < hourMs) return [minuteMs, 'm'];
  return ageMs < dayMs ? [hourMs, 'h'] : [dayMs, 'd'];
}

/** At most 4 columns for the first 999 days. A time in the future is `0s`. */
export function shortAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  const [unitMs, letter] = unitOf(age);
  return `${Math.floor(age / unitMs)}${letter}`;
}

/** ms until `shortAge` says something else. */
export function untilNextAge(ageMs: number): number {
  if (ageMs < 0) return secondMs - ageMs;
  const [unitMs] = unitOf(ageMs);
  return unitMs - (ageMs % unitMs);
}

/** HH:MM:SS of the local day, as log lines carry it. */
export function clockTime(timeMs: number): string {
  const second = Math.floor(timeMs / secondMs);
  let text = clockTexts.get(second);
  if (text === undefined) {
    if (clockTexts.size >= maxClockTexts) clockTexts.clear();
    const date = new Date(timeMs);
    text = [date.getHours(), date.getMinutes(), date.getSeconds()].map(n => String(n).padStart(2, '0')).join(':');
    clockTexts.set(second, text);
  }
  return text;
}

/** A screen shows the same seconds frame after frame. */
const clockTexts = new Map<number, string>();
const maxClockTexts = 500;
