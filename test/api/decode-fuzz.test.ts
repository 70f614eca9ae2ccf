// Whatever a stranger sends, decoding answers with an object of the kind or with a StatusError, and never otherwise.
import test from 'ava';
import { decodeObject } from '../../src/api/decode.ts';
import type { Kind } from '../../src/api/kinds.ts';
import { type FieldType, fieldsOf, fieldsOfKind } from '../../src/api/schema.ts';
import { servedKinds } from '../../src/api/scheme.ts';
import { StatusError } from '../../src/api/status-error.ts';
import { applyDefaults, contentProblems } from '../../src/api/validation.ts';

function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const oddities: readonly unknown[] = [
  null,
  '',
  'x',
  0,
  -1,
  1.5,
  2 ** 40,
  true,
  [],
  {},
  [null],
  [[1]],
  { a: { b: 1 } },
  '2026-01-01T00:00:00Z',
];

/** A value of the type, now and then one of another. */
function randomValue(type: FieldType, random: (below: number) => number, depth = 0): unknown {
  if (random(40) === 0) return oddities[random(oddities.length)];
  if (type.is === 'list') return Array.from({ length: random(3) }, () => randomValue(type.of, random, depth + 1));
  if (type.is === 'map') return JSON.parse('{"k":"v","__proto__":"p"}');
  if (type.is === 'struct') return randomStruct(fieldsOf(type.name), random, depth + 1);
  switch (type.name) {
    case 'bool':
      return random(2) === 0;
    case 'int32':
    case 'int64':
      return random(70_000) - 1_000;
    case 'Time':
    case 'MicroTime':
      return '2026-01-01T00:00:00.5Z';
    case 'Duration':
      return '1m';
    case 'object':
      return { any: 1 };
    default:
      return ['', 'x', '/x', 'file:///x', '<svg>'][random(5)];
  }
}

function randomStruct(
  fields: ReadonlyMap<string, { readonly type: FieldType }>,
  random: (below: number) => number,
  depth: number,
): unknown {
  if (depth > 12) return {};
  const chosen = [...fields].filter(() => random(3) > 0);
  const entries = chosen.map(([name, field]) => [name, randomValue(field.type, random, depth)] as const);
  return Object.fromEntries(random(10) === 0 ? [...entries, ['strange', 1] as const] : entries);
}

for (const { kind } of servedKinds) {
  test(`2,000 random ${kind} objects`, t => {
    const random = makeRandom(kind.length * 7919 + 1);
    let good = 0;
    for (let i = 0; i < 2_000; i++) {
      const raw = { ...(randomStruct(fieldsOfKind(kind), random, 0) as object), kind, apiVersion: 'tilt.dev/v1alpha1' };
      try {
        const { object } = decodeObject(kind as Kind, raw);
        good++;
        const again = decodeObject(kind as Kind, JSON.parse(JSON.stringify(object)));
        t.deepEqual(again.object, object, 'what was decoded decodes to itself');
        t.deepEqual(again.warnings, []);
        const { spec } = object as { spec?: Record<string, unknown> };
        const content = applyDefaults(kind, spec === undefined ? {} : { spec });
        for (const problem of contentProblems(kind, content)) t.truthy(problem.field && problem.message);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        t.is(error.code, 400);
      }
    }
    t.true(good > 200, `${good} of 2,000 could be read`);
  });
}
