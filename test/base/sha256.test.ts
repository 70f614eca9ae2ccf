// The digest is that of node:crypto for every length around the block, and for text.
import { createHash } from 'node:crypto';
import test from 'ava';
import { sha256Hex } from '../../src/base/sha256.ts';

test('as node:crypto has it', t => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 31 + (i >> 3)) & 0xff);
  const lengths = [...Array.from({ length: 200 }, (_, i) => i), 1023, 1024, 4095, 4096];
  for (const length of lengths) {
    const part = bytes.subarray(0, length);
    t.is(sha256Hex(part), createHash('sha256').update(part).digest('hex'), `${length} bytes`);
  }
  const text = Buffer.from('größer als ein Block: '.repeat(40_000));
  t.is(sha256Hex(text), createHash('sha256').update(text).digest('hex'));
});
