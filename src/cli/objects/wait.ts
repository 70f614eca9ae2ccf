// `tilt wait`: until objects are as wanted.
import { makeAbortController } from '../../base/abort.ts';
import { sleep, systemClock } from '../../base/clock.ts';
import { showValue } from '../../domain/go-template/values.ts';
import { type JsonPathTemplate, parseJsonPathTemplate, relaxedPath } from '../../domain/json/json-path-template.ts';
import { isMap } from '../../domain/yaml/plain.ts';
import type { CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { type Found, findObjects } from './find-objects.ts';
import { hasFiles } from './manifests.ts';
import type { AnyObject, ObjectClient } from './object-client.ts';
import { isMissing, selectionOf } from './selection.ts';
import { noTargets, parseTargets } from './targets.ts';
import { waitUntilGone } from './wait-gone.ts';
import { Failures, ObjectFailure, wrongUse } from './words.ts';
import { Reporter } from './write-modes.ts';

/** What is waited for: that objects go, that they come, or that this is true of them. */
type Wish =
  | { readonly is: 'delete' }
  | { readonly is: 'create' }
  | { readonly is: 'state'; readonly isMet: (object: AnyObject) => boolean };

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function waitForObjects(run: CommandRun): Promise<number> {
  const { flags, io } = run;
  const wishes = flags.list('for').map(parseWish);
  if (wishes.length === 0) throw wrongUse('unrecognized condition: []');
  const reporter = await Reporter.make(run, 'none');
  const client = await connectObjects(run);
  const waiting: Waiting = { run, client, reporter, failures: new Failures(), deadlineMs: deadlineOf(run) };
  if (run.positionals.length === 0 && !hasFiles(run)) throw noTargets();
  if (wishes.some(wish => wish.is === 'create')) await waitForCreation(waiting);
  if (!wishes.some(wish => wish.is !== 'create')) return finish(waiting);
  const isDelete = wishes.some(wish => wish.is === 'delete');
  const found = await findObjects(run, client, {
    command: 'wait',
    kindMeansAll: false,
    ignoreNotFound: isDelete,
    failures: waiting.failures,
    selection: selectionOf(run),
    all: flags.bool('all'),
  });
  if (found.length === 0 && waiting.failures.isEmpty && !isDelete) throw wrongUse('no matching resources found');
  for (const item of found) await waitForOne(waiting, item, wishes);
  return finish(waiting);

  function finish({ failures }: Waiting): number {
    reporter.finish(false);
    return failures.tell(io);
  }
}

interface Waiting {
  readonly run: CommandRun;
  readonly client: ObjectClient;
  readonly reporter: Reporter;
  readonly failures: Failures;
  readonly deadlineMs: number;
}

const weekMs = 7 * 24 * 3600 * 1000;

/** A timeout below zero means a week, 0 one look. */
function deadlineOf({ flags }: CommandRun): number {
  const timeoutMs = flags.durationMs('timeout');
  return systemClock.now() + (timeoutMs < 0 ? weekMs : timeoutMs);
}

function parseWish(text: string): Wish {
  if (/^delete$/i.test(text)) return { is: 'delete' };
  if (/^create$/i.test(text)) return { is: 'create' };
  if (text.startsWith('condition=')) return conditionWish(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return pathWish(text.slice('jsonpath='.length));
  throw wrongUse(`unrecognized condition: ${JSON.stringify(text)}`);
}

/** `Ready`, `Ready=False`; without a value it must be true. */
function conditionWish(text: string): Wish {
  const equals = text.indexOf('=');
  const type = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  const wanted = (equals < 0 ? 'true' : text.slice(equals + 1)).toLowerCase();
  return {
    is: 'state',
    isMet: object => {
      const status = object['status'];
      const conditions = isMap(status) && Array.isArray(status['conditions']) ? status['conditions'] : [];
      const condition = conditions.filter(isMap).find(item => String(item['type']).toLowerCase() === type);
      return String(condition?.['status'] ?? '').toLowerCase() === wanted;
    },
  };
}

/** `{.status.x}=value`; without a value the field must be there. */
function pathWish(text: string): Wish {
  const match = /^(\{.*\}|[^=]*)(?:=([\s\S]*))?$/.exec(text.replace(/^'(.*)'$/s, '$1'));
  const wanted = match?.[2];
  if (!match || wanted === '') throw wrongUse(`jsonpath wait has to have a value after equal sign`);
  let path: JsonPathTemplate;
  try {
    path = parseJsonPathTemplate(relaxedPath(match[1]!));
  } catch (error) {
    throw wrongUse((error as Error).message);
  }
  return {
    is: 'state',
    isMet: object => {
      const values = path.find(object, { allowMissing: true });
      if (wanted === undefined) return values.length > 0;
      if (values.length > 1) throw wrongUse('given jsonpath expression matches more than one value');
      const [value] = values;
      if (value !== null && typeof value === 'object')
        throw wrongUse('jsonpath leads to a nested object or list and cannot be compared');
      return (
        value !== undefined &&
        showValue(value as Parameters<typeof showValue>[0]) === wanted.replace(/^(['"])(.*)\1$/s, '$2')
      );
    },
  };
}

async function waitForOne(waiting: Waiting, item: Found, wishes: readonly Wish[]): Promise<void> {
  const { reporter, failures } = waiting;
  const { info, object } = item;
  try {
    for (const wish of wishes) {
      if (wish.is === 'create') continue;
      const met = wish.is === 'delete' ? await leaves(waiting, item) : await becomes(waiting, item, wish.isMet);
      if (met) reporter.tell({ ...met, kind: info.kind }, 'condition met');
      else throw wrongUse(`timed out waiting for the condition on ${info.plural}/${object.metadata.name}`);
    }
  } catch (error) {
    failures.add(error);
  }
}

async function leaves({ client, deadlineMs }: Waiting, { info, object }: Found): Promise<AnyObject | undefined> {
  const { name, uid } = object.metadata;
  const isGone = await waitUntilGone(client, { info, name, uid: String(uid ?? ''), deadlineMs });
  return isGone ? object : undefined;
}

/** The object when it is as wanted; undefined at the deadline. */
async function becomes(
  { client, deadlineMs }: Waiting,
  { info, object }: Found,
  isMet: (object: AnyObject) => boolean,
): Promise<AnyObject | undefined> {
  if (isMet(object)) return object;
  const { name } = object.metadata;
  const selection = { fieldSelector: `metadata.name=${name}` };
  const events = client.watch(info, { selection });
  const timeout = makeAbortController();
  const late = sleep(systemClock, Math.max(0, deadlineMs - systemClock.now()), timeout.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    for (;;) {
      const next = await Promise.race([events.next(), late]);
      if (next === undefined) return undefined;
      if (next.done) throw new ObjectFailure('error: the session ended');
      const { type, object: changed } = next.value;
      if (type === 'DELETED') continue;
      if (isMet(changed as AnyObject)) return changed as AnyObject;
    }
  } finally {
    timeout.abort();
    // Not awaited: it ends when the connection is closed with the process.
    void events.return(undefined).catch(() => {});
  }
}

const creationPollMs = 100;

async function waitForCreation({ run, client, deadlineMs, reporter }: Waiting): Promise<void> {
  for (const { info, name } of parseTargets('wait', run.positionals, run.flags.string('selector') !== '')) {
    for (;;) {
      const found = await findAny(client, info, name);
      for (const object of found) reporter.tell({ ...object, kind: info.kind }, 'condition met');
      if (found.length > 0) break;
      if (systemClock.now() >= deadlineMs) throw wrongUse('timed out waiting for the condition');
      await sleep(systemClock, creationPollMs, makeAbortController().signal);
    }
  }
}

async function findAny(
  client: ObjectClient,
  info: Found['info'],
  name: string | undefined,
): Promise<readonly AnyObject[]> {
  if (name === undefined) return client.list(info);
  try {
    return [await client.get(info, name)];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
