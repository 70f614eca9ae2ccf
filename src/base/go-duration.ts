// Durations as Go writes them (`30m0s`, `1.5h`, `300ms`): flags, API fields and Tiltfile settings use them.

const unitMs: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const longestMs = 2 ** 63 / 1e6;

/** What is wrong with a text that is no Go duration, as time.ParseDuration says it. */
export function goDurationProblem(text: string): string {
  const quoted = quote(text);
  const isWhole = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text);
  if (isWhole) return `time: invalid duration ${quoted}`;
  // The number before the place where Go stops: it misses its unit there, or has one that is none.
  const [, unit] =
    /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*(?:\d+\.?\d*|\.\d+)([^\d.]*)/.exec(text) ?? [];
  if (unit === undefined) return `time: invalid duration ${quoted}`;
  if (unit === '') return `time: missing unit in duration ${quoted}`;
  return `time: unknown unit ${quote(unit)} in duration ${quoted}`;
}

/** As package time quotes: what is no printable ASCII as bytes. */
function quote(text: string): string {
  const shown = [...text].map(character => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (/[ -~\u007f]/.test(character)) return character;
    const bytes = [...new TextEncoder().encode(character)];
    return bytes.map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `"${shown.join('')}"`;
}

/** Milliseconds of a Go duration, or undefined when the text is none. */
export function parseGoDuration(text: string): number | undefined {
  const match = /^([+-]?)(.+)$/s.exec(text);
  if (!match) return undefined;
  const rest = match[2]!;
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let total = 0;
  for (const part of rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    total += Number(part[1]) * unitMs[part[2]!]!;
  // Go counts nanoseconds in 63 bits.
  if (total > longestMs) return undefined;
  return match[1] === '-' ? -total : total;
}

/** As time.Duration.String() prints it: `30m0s`, `1.5s`, `250ms`, `0s`. */
export function formatGoDuration(durationMs: number): string {
  const ns = Math.round(Math.abs(durationMs) * 1e6);
  const sign = durationMs < 0 && ns > 0 ? '-' : '';
  if (ns === 0) return '0s';
  if (ns < 1e3) return `${sign}${ns}ns`;
  if (ns < 1e6) return `${sign}${trim(ns / 1e3, 3)}µs`;
  if (ns < 1e9) return `${sign}${trim(ns / 1e6, 6)}ms`;
  const wholeSeconds = Math.floor(ns / 1e9);
  const seconds = trim((wholeSeconds % 60) + (ns % 1e9) / 1e9, 9);
  const minutes = Math.floor(wholeSeconds / 60) % 60;
  const hours = Math.floor(wholeSeconds / 3600);
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  if (minutes > 0) return `${sign}${minutes}m${seconds}s`;
  return `${sign}${seconds}s`;
}

function trim(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
