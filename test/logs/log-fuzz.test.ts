// Random writes of many spans against a simple model: every line, whole, in the order of its beginning; no secret left.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import type { LogLevel, LogLine } from '../../src/api/client.ts';
import { type LogStore, makeLogStore } from '../../src/logs/index.ts';

function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface ModelLine {
  readonly span: number;
  readonly level: LogLevel;
  text: string;
}

/** Lines by span and level as they are written; the order is that of their first byte. */
class Model {
  readonly lines: ModelLine[] = [];
  #open = new Map<number, ModelLine>();

  write(span: number, text: string, level: LogLevel): void {
    for (const piece of text.split(/(?<=\n)/)) {
      let line = this.#open.get(span);
      if (!line || line.level !== level) {
        line = { span, level, text: '' };
        this.lines.push(line);
        this.#open.set(span, line);
      }
      line.text += piece;
      if (piece.endsWith('\n')) this.#open.delete(span);
    }
  }
}

const levels: readonly LogLevel[] = ['info', 'info', 'info', 'warn', 'error'];
const words = [
  'alpha ',
  'βήτα ',
  '😀',
  'x',
  '\n',
  '\n',
  'line\n',
  '\u001b[32mgreen\u001b[0m',
  '.'.repeat(300),
  'tail\n',
];

function openStore(directory: string): LogStore {
  return makeLogStore(
    {
      directory,
      sessionName: 's',
      isLiveSession: () => false,
      onDiskError: error => {
        throw error;
      },
      maxMemoryBytes: 600_000,
    },
    { minMemoryBytes: 0, maxFileBytes: 400_000 },
  );
}

for (const seed of [1, 2, 3, 4]) {
  test(`random writes come out whole and in order, for every reader (seed ${seed})`, async t => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-fuzz-'));
    t.teardown(() => fs.rmSync(directory, { recursive: true, force: true }));
    const store = openStore(directory);
    const random = makeRandom(seed);
    const model = new Model();
    const spans = Array.from({ length: 6 }, (_, i) => store.span(`localserve:${i}`, `r${i % 4}`));
    const slow = store.openCursor({}, { at: 'start' });
    const bySlow = new Map<number, LogLine>();
    for (let step = 0; step < 12_000; step++) {
      const span = random(spans.length);
      const level = levels[random(levels.length)]!;
      const text = Array.from({ length: 1 + random(6) }, () => words[random(words.length)]).join('');
      spans[span]!.write(text, level);
      model.write(span, text, level);
      if (random(300) === 0) for (const line of await slow.next(1 + random(500))) bySlow.set(line.id, line);
      if (random(700) === 0) await store.flush();
    }
    for (;;) {
      const lines = await slow.next(999);
      if (lines.length === 0) break;
      for (const line of lines) bySlow.set(line.id, line);
    }
    const expected = model.lines.map(line => `${line.span} ${line.level} ${line.text.replace(/\n$/, '')}`);
    const shown = (line: LogLine): string => `${line.spanId.slice(-1)} ${line.level} ${line.text}`;
    const inOrder = [...bySlow.values()].sort((a, b) => a.id - b.id).map(shown);
    t.is(inOrder.length, expected.length);
    t.is(
      inOrder.findIndex((text, i) => text !== expected[i]),
      -1,
    );
    const fresh = store.openCursor({}, { at: 'start' });
    const whole: LogLine[] = [];
    for (let lines = await fresh.next(777); lines.length > 0; lines = await fresh.next(777)) whole.push(...lines);
    t.is(
      whole.map(shown).findIndex((text, i) => text !== expected[i]),
      -1,
    );
    t.is(whole.length, expected.length);
    const back = store.openCursor({ resources: ['r1'] }, { at: 'end' });
    const reversed: LogLine[] = [];
    for (let lines = await back.previous(555); lines.length > 0; lines = await back.previous(555))
      reversed.unshift(...lines);
    t.deepEqual(
      reversed.map(line => line.id),
      whole.filter(line => line.resource === 'r1').map(line => line.id),
    );
    await store.dispose();
  });

  test(`random writes of secrets leave none, in memory or on disk (seed ${seed})`, async t => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-fuzz-'));
    t.teardown(() => fs.rmSync(directory, { recursive: true, force: true }));
    const store = openStore(directory);
    const random = makeRandom(seed + 100);
    const secrets = ['hunter2-secret', 'p4ss!word', 'multi\nline\nvalue', 'aaaaaaaa'];
    const spans = Array.from({ length: 4 }, (_, i) => store.span(`localserve:${i}`, `r${i}`));
    const left = spans.map(() => '');
    for (let step = 0; step < 8000; step++) {
      const at = random(spans.length);
      const secret = secrets[random(secrets.length)]!;
      const base = random(4) === 0 ? Buffer.from(secret).toString('base64') : secret;
      if (left[at] === '')
        left[at] = `${words[random(words.length)]}${random(5) === 0 ? base : ''}-${step}${random(2) ? '\n' : ''}`;
      const cut = 1 + random(left[at]!.length);
      spans[at]!.write(left[at]!.slice(0, cut));
      left[at] = left[at]!.slice(cut);
      if (step % 2000 === 1000) {
        const secretNow = secrets[(step - 1000) / 2000]!;
        void store.addSecrets([{ name: 'n', key: String(step), value: secretNow }], 0);
      }
      if (random(400) === 0) await new Promise(resolve => setImmediate(resolve));
    }
    await store.flush();
    const cursor = store.openCursor({}, { at: 'start' });
    let all = '';
    for (let lines = await cursor.next(1000); lines.length > 0; lines = await cursor.next(1000)) {
      all += lines.map(line => `${line.text}\n`).join('');
    }
    await store.dispose();
    const onDisk = fs
      .readdirSync(path.join(directory, 's'))
      .map(name => fs.readFileSync(path.join(directory, 's', name), 'latin1'))
      .join('');
    for (const secret of secrets) {
      for (const form of [secret, Buffer.from(secret).toString('base64')]) {
        t.false(all.includes(form), form);
        t.false(onDisk.includes(form), form);
      }
    }
    t.true(all.split('[redacted secret n:').length > 200);
  });
}
