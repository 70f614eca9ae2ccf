import test from 'ava';
import { ManualClock } from '../../src/base/clock.ts';
import { InputDecoder } from '../../src/terminal/input-decoder.ts';
import type { InputEvent } from '../../src/terminal/input-events.ts';
import { below, makeRandom } from './random.ts';

function describe(event: InputEvent): string {
  if (event.kind === 'key') {
    const text = event.text === undefined || event.text === event.name ? '' : ` ${JSON.stringify(event.text)}`;
    return `${event.name}${text}${event.baseName ? ` base ${event.baseName}` : ''}`;
  }
  if (event.kind === 'mouse') {
    const mods = (['ctrl', 'alt', 'shift'] as const).filter(m => event.modifiers[m]).map(m => `${m}-`);
    return `mouse ${mods.join('')}${event.action} ${event.wheel ?? event.button} ${event.x},${event.y}`;
  }
  if (event.kind === 'paste') return `paste ${JSON.stringify(event.text)}`;
  if (event.kind === 'focus') return event.focused ? 'focus in' : 'focus out';
  return `reply ${event.type} ${event.data}`;
}

function makeDecoder() {
  const clock = new ManualClock();
  const events: string[] = [];
  const decoder = new InputDecoder({ clock, onEvent: event => events.push(describe(event)) });
  return { clock, events, decoder };
}

function decode(chunks: readonly Uint8Array[]): string[] {
  const { clock, events, decoder } = makeDecoder();
  for (const chunk of chunks) {
    decoder.feed(chunk);
    clock.advance(5);
  }
  clock.advance(1000);
  return events;
}

/** Bytes as a terminal sends them (latin1 escapes for raw bytes, `u:` for UTF-8 text), and the events they are. */
const table: readonly (readonly [string, ...string[]])[] = [
  ['a', 'a'],
  ['G', 'G'],
  ['?', '?'],
  [' ', 'space " "'],
  ['\r', 'enter'],
  ['\n', 'ctrl-j'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\x08', 'ctrl-h'],
  ['\x1b', 'esc'],
  ['\x1b\x1b', 'esc', 'esc'],
  ['\0', 'ctrl-space'],
  ['\x01', 'ctrl-a'],
  ['\x03', 'ctrl-c'],
  ['\x1a', 'ctrl-z'],
  ['\x1c', 'ctrl-\\'],
  ['\x1d', 'ctrl-]'],
  ['\x1e', 'ctrl-^'],
  ['\x1f', 'ctrl-_'],
  ['u:é', 'é'],
  ['u:日本', '日', '本'],
  ['u:😀', '😀'],
  ['\x1b[A', 'up'],
  ['\x1b[B', 'down'],
  ['\x1b[C', 'right'],
  ['\x1b[D', 'left'],
  ['\x1bOA', 'up'],
  ['\x1b[1;5A', 'ctrl-up'],
  ['\x1b[1;2C', 'shift-right'],
  ['\x1b[1;3D', 'alt-left'],
  ['\x1b[1;6B', 'ctrl-shift-down'],
  ['\x1b[1;7B', 'ctrl-alt-down'],
  ['\x1b[1;8B', 'ctrl-alt-shift-down'],
  ['\x1b[H', 'home'],
  ['\x1b[F', 'end'],
  ['\x1bOH', 'home'],
  ['\x1b[1~', 'home'],
  ['\x1b[4~', 'end'],
  ['\x1b[7~', 'home'],
  ['\x1b[2~', 'insert'],
  ['\x1b[3~', 'delete'],
  ['\x1b[3;5~', 'ctrl-delete'],
  ['\x1b[5~', 'pageup'],
  ['\x1b[6;5~', 'ctrl-pagedown'],
  ['\x1b[Z', 'shift-tab'],
  ['\x1bOP', 'f1'],
  ['\x1bOS', 'f4'],
  ['\x1b[11~', 'f1'],
  ['\x1b[15~', 'f5'],
  ['\x1b[24~', 'f12'],
  ['\x1b[1;2P', 'shift-f1'],
  ['\x1b[1;2R', 'shift-f3'],
  ['\x1b[20;5~', 'ctrl-f9'],
  ['\x1b[[A', 'f1'],
  ['\x1b[[E', 'f5'],
  ['\x1b[3$', 'shift-delete'],
  ['\x1b[3^', 'ctrl-delete'],
  ['\x1b[a', 'shift-up'],
  ['\x1bOa', 'ctrl-up'],
  ['\x1bOM', 'enter'],
  ['\x1bOj', '*'],
  ['\x1ba', 'alt-a'],
  ['\x1bG', 'alt-G'],
  ['\x1b.', 'alt-.'],
  ['\x1b\r', 'alt-enter'],
  ['\x1b\x7f', 'alt-backspace'],
  ['\x1b\x03', 'ctrl-alt-c'],
  ['\x1b ', 'alt-space'],
  ['u:\x1bé', 'alt-é'],
  ['u:\x1b😀', 'alt-😀'],
  ['\x1b[', 'alt-['],
  ['\x1bO', 'alt-O'],
  ['\x1b]', 'alt-]'],
  ['\x1bP', 'alt-P'],
  ['\x1b]x', 'alt-]', 'x'],
  ['\x1b\x1b[A', 'alt-up'],
  ['\x1b\x1b[1;5A', 'ctrl-alt-up'],
  ['\x1b\x1ba', 'esc', 'alt-a'],
  ['\x1b[97;5u', 'ctrl-a'],
  ['\x1b[97;6u', 'ctrl-shift-a'],
  ['\x1b[13;2u', 'shift-enter'],
  ['\x1b[27u', 'esc'],
  ['\x1b[32;5u', 'ctrl-space'],
  ['\x1b[105;5u', 'ctrl-i'],
  ['\x1b[97:65;2u', 'A'],
  ['\x1b[57:40;2;40u', '('],
  ['\x1b[1089::99;5u', 'ctrl-с base ctrl-c'],
  ['\x1b[97;1:3u'],
  ['\x1b[1;5:3A'],
  ['\x1b[57414u', 'enter'],
  ['\x1b[57441u'],
  ['\x1b[27;5;105~', 'ctrl-i'],
  ['\x1b[27;2;13~', 'shift-enter'],
  ['\x1b[<0;1;1M', 'mouse press left 0,0'],
  ['\x1b[<0;11;6m', 'mouse release left 10,5'],
  ['\x1b[<2;300;70M', 'mouse press right 299,69'],
  ['\x1b[<32;4;5M', 'mouse drag left 3,4'],
  ['\x1b[<35;4;5M', 'mouse move none 3,4'],
  ['\x1b[<20;4;5M', 'mouse ctrl-shift-press left 3,4'],
  ['\x1b[<64;2;3M\x1b[<64;2;3M\x1b[<65;2;3M', 'mouse wheel up 1,2', 'mouse wheel up 1,2', 'mouse wheel down 1,2'],
  ['\x1b[<66;2;3M\x1b[<67;2;3M', 'mouse wheel left 1,2', 'mouse wheel right 1,2'],
  ['\x1b[<64;2;3Mj\x1b[<64;2;3M', 'mouse wheel up 1,2', 'j', 'mouse wheel up 1,2'],
  ['\x1b[M !!', 'mouse press left 0,0'],
  ['\x1b[I\x1b[O', 'focus in', 'focus out'],
  ['\x1b[200~q\rrm -rf\x1b[201~x', 'paste "q\\nrm -rf"', 'x'],
  ['\x1b[200~\x1b[201~', 'paste ""'],
  ['\x1b[200~a\x1b[A\x07\x1b[20b\x1b[201~', 'paste "a[A[20b"'],
  ['u:\x1b[200~日本\r\n😀\x1b[201~', 'paste "日本\\n😀"'],
  ['\x1b[?62;22c', 'reply device-attributes ?62;22c'],
  ['\x1b[>41;354;0c', 'reply device-attributes >41;354;0c'],
  ['\x1b[24;80R', 'reply cursor-position 24;80R'],
  ['\x1b[1;80R', 'reply cursor-position 1;80R'],
  ['\x1b[?1;2R', 'reply cursor-position ?1;2R'],
  ['\x1b[?2026;2$y', 'reply mode ?2026;2$y'],
  ['\x1b[?1u', 'reply keyboard ?1u'],
  ['\x1b[8;50;160t', 'reply window 8;50;160t'],
  ['\x1b[?997;1n', 'reply scheme ?997;1n'],
  ['\x1b]11;rgb:1e1e/1e1e/2e2e\x07', 'reply color 11;rgb:1e1e/1e1e/2e2e'],
  ['\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\q', 'reply color 11;rgb:1e1e/1e1e/2e2e', 'q'],
  ['\x1bP>|tmux 3.3a\x1b\\', 'reply version >|tmux 3.3a'],
  ['\x1bP1+r\x1b\\', 'reply unknown 1+r'],
  ['\x1b_Gi=1;OK\x1b\\', 'reply unknown Gi=1;OK'],
  ['\xff', '\ufffd'],
  ['\xc3(', '\ufffd', '('],
  ['\xe2\x82', '\ufffd'],
  ['\xf0\x9f\x98a', '\ufffd', 'a'],
  ['\xed\xa0\x80', '\ufffd', '\ufffd', '\ufffd'],
  ['\xc0\xaf', '\ufffd', '\ufffd'],
  ['\x1b[12;', ...[]],
  ['\x1b[<0;1\x1b[A', 'up'],
  ['\x1b[99z', 'reply unknown 99z'],
];

function bytesOf(source: string): Buffer {
  return source.startsWith('u:') ? Buffer.from(source.slice(2), 'utf8') : Buffer.from(source, 'latin1');
}

test('the table has the sequences that were measured, and more', t => {
  t.true(table.length >= 73, `${table.length}`);
  t.is(new Set(table.map(row => row[0])).size, table.length);
});

for (const [source, ...expected] of table) {
  test(`decodes ${JSON.stringify(source)} at every split`, t => {
    const bytes = bytesOf(source);
    t.deepEqual(decode([bytes]), expected, 'in one read');
    for (let at = 1; at < bytes.length; at++) {
      t.deepEqual(decode([bytes.subarray(0, at), bytes.subarray(at)]), expected, `split at ${at}`);
    }
    t.deepEqual(decode([...bytes].map(b => Uint8Array.of(b))), expected, 'byte by byte');
  });
}

test('everything in a row, in random pieces, gives the same events', t => {
  const seed = 7;
  const random = makeRandom(seed);
  // What depends on silence behind it can't stand before other keys.
  const rows = table.filter(([source]) => !/^(\x1b|\x1b\x1b|\x1b[[\]OP]|\x1b\[12;|\x1b\[3\$|\xe2\x82)$/.test(source));
  const all = Buffer.concat(rows.map(([source]) => bytesOf(source)));
  const expected = rows.flatMap(([, ...events]) => events);
  for (let round = 0; round < 50; round++) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < all.length; ) {
      const end = Math.min(all.length, at + 1 + below(random, 12));
      chunks.push(all.subarray(at, end));
      at = end;
    }
    t.deepEqual(decode(chunks), expected, `seed ${seed}, round ${round}`);
  }
});

test('a lone ESC becomes the key after its timeout, not before', t => {
  const { clock, events, decoder } = makeDecoder();
  decoder.feed(Buffer.from('\x1b'));
  clock.advance(49);
  t.deepEqual(events, []);
  clock.advance(1);
  t.deepEqual(events, ['esc']);
  t.is(clock.pending, 0);
});

test('a sequence cut off by silence is dropped and the next key is itself', t => {
  const { clock, events, decoder } = makeDecoder();
  decoder.feed(Buffer.from('\x1b[<0;1'));
  clock.advance(400);
  decoder.feed(Buffer.from('q'));
  t.deepEqual(events, ['q']);
});

test('a paste never acts, however long and slow it is, and a lost end is left with ctrl-c', t => {
  const { clock, events, decoder } = makeDecoder();
  decoder.feed(Buffer.from('\x1b[200~q\r'));
  clock.advance(5000);
  decoder.feed(Buffer.from('\x03y'));
  t.deepEqual(events, []);
  clock.advance(5000);
  decoder.feed(Buffer.from('\x03'));
  decoder.feed(Buffer.from('z'));
  t.deepEqual(events, ['paste "q\\ny"', 'ctrl-c', 'z']);
});

test('a huge paste is cut and says so', t => {
  const clock = new ManualClock();
  const events: InputEvent[] = [];
  const decoder = new InputDecoder({ clock, onEvent: event => events.push(event) });
  decoder.feed(Buffer.from('\x1b[200~'));
  for (let n = 0; n < 40; n++) decoder.feed(Buffer.alloc(65536, 0x61));
  decoder.feed(Buffer.from('\x1b[201~'));
  t.is(events.length, 1);
  const [paste] = events;
  t.true(paste?.kind === 'paste' && paste.truncated && paste.text.length === 1024 * 1024);
});

test('random bytes never throw, never get stuck', t => {
  const seed = 99;
  const random = makeRandom(seed);
  for (let round = 0; round < 200; round++) {
    const { clock, events, decoder } = makeDecoder();
    for (let n = 0; n < 20; n++) {
      const bytes = Uint8Array.from({ length: below(random, 40) }, () => (random() < 0.3 ? 0x1b : below(random, 256)));
      decoder.feed(bytes);
      clock.advance(below(random, 100));
    }
    clock.advance(2000);
    decoder.feed(Buffer.from('\x1b[201~'));
    events.length = 0;
    decoder.feed(Buffer.from('k'));
    t.deepEqual(events, ['k'], `seed ${seed}, round ${round}`);
  }
});
