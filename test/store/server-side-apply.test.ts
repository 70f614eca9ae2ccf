import test from 'ava';
import type { ApiObject } from '../../src/api/meta.ts';
import { StatusError } from '../../src/api/status-error.ts';
import { fieldValues, fromFieldsV1, pathText, toFieldsV1 } from '../../src/store/field-ownership.ts';
import { trackWrite } from '../../src/store/managed-fields.ts';
import { type Applied, applyFields } from '../../src/store/server-side-apply.ts';

type Parts = { metadata?: Record<string, unknown>; spec?: unknown; status?: unknown };

const cmd = ({ metadata, spec = {}, status }: Parts): ApiObject => ({
  apiVersion: 'tilt.dev/v1alpha1',
  kind: 'Cmd',
  metadata: { name: 'c', ...metadata },
  spec,
  ...(status === undefined ? {} : { status }),
});

function apply(current: ApiObject, wanted: ApiObject, manager: string, force = false): Applied {
  return applyFields('Cmd', current, wanted, {
    writer: { manager, operation: 'Apply', part: 'main', time: 'T' },
    force,
  });
}

/** The object as it would be stored. */
const stored = ({ object, managedFields }: Applied): ApiObject => ({
  ...object,
  metadata: { ...object.metadata, managedFields },
});

const owners = (object: ApiObject) =>
  (object.metadata.managedFields ?? []).map(e => [e.manager, [...fromFieldsV1(e.fieldsV1)].map(pathText).sort()]);

test('fields of an object: structs by field, lists as a whole, finalizers one by one', t => {
  const object = cmd({
    metadata: { labels: { a: '1' }, finalizers: ['x/y'], ownerReferences: [{ uid: 'u', name: 'o' }], uid: 'ignored' },
    spec: { args: ['a', 'b'], readinessProbe: { exec: { command: ['t'] } }, disableSource: {} },
    status: { ready: true },
  });
  const main = fieldValues('Cmd', object, 'main');
  t.deepEqual(toFieldsV1(main.keys()), {
    'f:metadata': {
      'f:finalizers': { '.': {}, 'v:"x/y"': {} },
      'f:labels': { '.': {}, 'f:a': {} },
      'f:ownerReferences': { '.': {}, 'k:{"uid":"u"}': {} },
    },
    'f:spec': { 'f:args': {}, 'f:disableSource': {}, 'f:readinessProbe': { 'f:exec': { 'f:command': {} } } },
  });
  t.deepEqual([...fromFieldsV1(toFieldsV1(main.keys()))].sort(), [...main.keys()].sort());
  t.deepEqual(toFieldsV1(fieldValues('Cmd', object, 'status').keys()), { 'f:status': { 'f:ready': {} } });
});

test('a manager gets what it wants, and what it no longer wants goes', t => {
  const first = stored(
    apply(cmd({}), cmd({ metadata: { labels: { a: '1' } }, spec: { args: ['x'], dir: '/d' } }), 'me'),
  );
  t.deepEqual(first.spec, { args: ['x'], dir: '/d' });
  const second = stored(apply(first, cmd({ spec: { args: ['y'] } }), 'me'));
  t.deepEqual(second.spec, { args: ['y'] });
  t.deepEqual(second.metadata.labels, {});
  t.deepEqual(owners(second), [['me', ['.spec.args']]]);
});

test('what nobody claims stays, also when the wanted spec is empty', t => {
  const live = cmd({ spec: { args: ['x'] } });
  t.deepEqual(apply(live, cmd({}), 'me').object.spec, { args: ['x'] });
});

test('another value than another manager set is a conflict; force takes the field', t => {
  const live = stored(apply(cmd({}), cmd({ spec: { args: ['x'], dir: '/d' } }), 'me'));
  const wanted = cmd({ spec: { args: ['y'], dir: '/e' } });
  const error = t.throws(() => apply(live, wanted, 'you'), { instanceOf: StatusError });
  t.is(error?.code, 409);
  t.is(
    error?.message,
    'Apply failed with 2 conflicts: conflicts with "me" using tilt.dev/v1alpha1:\n- .spec.args\n- .spec.dir',
  );
  t.deepEqual(error?.details.causes?.[0], {
    reason: 'FieldManagerConflict',
    message: 'conflict with "me" using tilt.dev/v1alpha1',
    field: '.spec.args',
  });
  const taken = stored(apply(live, wanted, 'you', true));
  t.deepEqual(owners(taken), [['you', ['.spec.args', '.spec.dir']]]);
});

test('the same value is shared, and stays while one of its owners wants it', t => {
  const first = stored(apply(cmd({}), cmd({ spec: { args: ['x'] } }), 'me'));
  const shared = stored(apply(first, cmd({ spec: { args: ['x'] } }), 'you'));
  t.deepEqual(owners(shared), [
    ['me', ['.spec.args']],
    ['you', ['.spec.args']],
  ]);
  const left = stored(apply(shared, cmd({}), 'me'));
  t.deepEqual(left.spec, { args: ['x'] });
  t.deepEqual(owners(left).at(0), ['you', ['.spec.args']]);
});

test('items of finalizers and owners come and go one by one', t => {
  const live = cmd({ metadata: { finalizers: ['theirs'] } });
  const first = stored(apply(live, cmd({ metadata: { finalizers: ['mine'] } }), 'me'));
  t.deepEqual(first.metadata.finalizers, ['theirs', 'mine']);
  const second = stored(apply(first, cmd({}), 'me'));
  t.deepEqual(second.metadata.finalizers, ['theirs']);
});

test('applying the same again changes nothing, not even the time', t => {
  const first = stored(apply(cmd({}), cmd({ spec: { args: ['x'] } }), 'me'));
  const again = applyFields('Cmd', first, cmd({ spec: { args: ['x'] } }), {
    writer: { manager: 'me', operation: 'Apply', part: 'main', time: 'later' },
    force: false,
  });
  t.deepEqual(again.managedFields, first.metadata.managedFields);
});

test('a plain write owns what it changed and takes it from others', t => {
  const write = (before: ApiObject | undefined, after: ApiObject, manager: string): ApiObject => {
    const managedFields = trackWrite('Cmd', before, after, { manager, operation: 'Update', part: 'main', time: 'T' });
    return { ...after, metadata: { ...after.metadata, managedFields } };
  };
  const first = write(undefined, cmd({ spec: { args: ['x'], dir: '/d' } }), 'a');
  const { managedFields } = first.metadata;
  const second = write(
    first,
    cmd({ metadata: { managedFields }, spec: { args: ['x'], dir: '/e', env: ['K=V'] } }),
    'b',
  );
  t.deepEqual(owners(second), [
    ['a', ['.spec.args']],
    ['b', ['.spec.dir', '.spec.env']],
  ]);
  const third = write(second, cmd({ spec: { dir: '/e' } }), 'b');
  t.deepEqual(owners(third), [['b', ['.spec.dir']]]);
  t.is(write(third, third, 'c').metadata.managedFields?.length, 1, 'a write that changes nothing owns nothing');
});
