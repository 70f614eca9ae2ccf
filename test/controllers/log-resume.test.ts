// The place in a container's log, kept across connections.
import test from 'ava';
import { LogResume } from '../../src/controllers/pod-logs/log-resume.ts';

interface Line {
  readonly at: string;
  readonly text: string;
}

const time = (second: number, nanos: number): string =>
  `2026-01-01T00:00:${String(second).padStart(2, '0')}.${String(nanos).padStart(9, '0')}Z`;

/** What a node gives from a second on, in the order of its file. */
function file(lines: readonly Line[], since: string | undefined): string {
  return lines
    .filter(({ at }) => since === undefined || `${at.slice(0, 19)}Z` >= since)
    .map(({ at, text }) => `${at} ${text}\n`)
    .join('');
}

/** Random numbers from a seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
}

test('log-resume › lines come without their times, in pieces of any size', t => {
  const resume = new LogResume('2026-01-01T00:00:00Z', '');
  t.is(resume.sinceTime, '2026-01-01T00:00:00Z');
  resume.begin();
  const whole = Buffer.from(`${time(1, 5)} one\n${time(1, 6)} two \u00e9\r\n${time(2, 0)} three`);
  let out = '';
  for (const byte of whole) out += resume.take(Uint8Array.of(byte))?.toString() ?? '';
  t.is(out, 'one\ntwo \u00e9\r\n');
  t.is(resume.finish()?.toString(), 'three\n');
  t.is(resume.sinceTime, '2026-01-01T00:00:02Z');
  t.is(resume.finish(), undefined);
});

test('log-resume › a prefix goes before each line; what has no time is passed on once', t => {
  const resume = new LogResume(undefined, '[main] ');
  resume.begin();
  t.is(
    resume.take(Buffer.from(`${time(1, 5)} one\n${time(1, 6)} \nunable to retrieve\n`))?.toString(),
    '[main] one\n[main] \n[main] unable to retrieve\n',
  );
  resume.begin();
  t.is(resume.take(Buffer.from('unable to retrieve\nno such file\n'))?.toString(), '[main] no such file\n');
  resume.begin({ isQuiet: true });
  t.is(resume.take(Buffer.from('gone\n')), undefined);
  resume.begin();
  t.is(resume.take(Buffer.from('gone\n'))?.toString(), '[main] gone\n');
});

test('log-resume › times of other zones are compared as times', t => {
  const resume = new LogResume(undefined, '');
  resume.begin();
  resume.take(Buffer.from('2026-01-01T02:00:01.000000005+02:00 a\n'));
  t.is(resume.sinceTime, '2026-01-01T00:00:01Z');
});

for (let seed = 1; seed <= 200; seed++) {
  test(`log-resume › cut anywhere, no line is missing or told twice (${seed})`, t => {
    const next = random(seed);
    const lines: Line[] = [];
    let nanos = 0;
    for (let i = 0; i < 60; i++) {
      nanos += next(3) === 0 ? next(400_000_000) : next(3);
      // Two streams of a container may reach the file out of order by a little.
      const jitter = next(5) === 0 ? -next(4) : 0;
      const at = Math.max(0, nanos + jitter);
      lines.push({ at: time(Math.floor(at / 1e9), at % 1e9), text: `line ${i}` });
    }
    const resume = new LogResume(undefined, '');
    let out = '';
    let written = 1 + next(10);
    for (let round = 0; round < 40; round++) {
      resume.begin();
      const bytes = Buffer.from(file(lines.slice(0, written), resume.sinceTime));
      const isLast = round === 39;
      const cut = isLast ? bytes.length : next(bytes.length + 1);
      out += resume.take(bytes.subarray(0, cut))?.toString() ?? '';
      if (isLast) out += resume.finish()?.toString() ?? '';
      written = round >= 37 ? lines.length : Math.min(lines.length, written + next(5));
    }
    t.is(out, lines.map(({ text }) => `${text}\n`).join(''));
  });
}

test('log-resume › a log that was cut meanwhile goes on with what is new', t => {
  const resume = new LogResume(undefined, '');
  resume.begin();
  resume.take(Buffer.from(`${time(1, 1)} a\n${time(1, 2)} b\n${time(1, 3)} c\n`));
  resume.begin();
  // The node has rotated a and b away.
  t.is(resume.take(Buffer.from(`${time(1, 3)} c\n${time(1, 4)} d\n${time(1, 5)} e\n`))?.toString(), 'd\ne\n');
});
