// Objects that a command works on one by one: named, selected, or all of a kind; or those that files name.

import type { KindInfo } from '../../api/scheme.ts';
import type { Selection } from '../../client/api-client.ts';
import type { CommandRun } from '../command.ts';
import { hasFiles, readManifests } from './manifests.ts';
import type { AnyObject, ObjectClient } from './object-client.ts';
import { isMissing } from './selection.ts';
import { noTargets, parseTargets } from './targets.ts';
import { type Failures, wrongUse } from './words.ts';

export interface Found {
  readonly info: KindInfo;
  readonly object: AnyObject;
  /** The file that named it. */
  readonly source?: string;
}

export interface Search {
  readonly command: string;
  /** What is said of a file whose object cannot be had: `error when deleting`. */
  readonly doing?: string;
  /** A kind alone stands for all of it without `--all`. */
  readonly kindMeansAll: boolean;
  readonly ignoreNotFound?: boolean;
}

/** Finds them in order; what cannot be had goes to `failures`. Throws ObjectFailure for a command line that says nothing. */
export async function findObjects(
  run: CommandRun,
  client: ObjectClient,
  search: Search & { readonly failures: Failures; readonly selection?: Selection; readonly all?: boolean },
): Promise<readonly Found[]> {
  if (hasFiles(run)) return findByFiles(run, client, search);
  if (run.positionals.length === 0) throw noTargets();
  return findByWords(run, client, search);
}

async function findByFiles(
  run: CommandRun,
  client: ObjectClient,
  { failures, doing, ignoreNotFound }: Search & { readonly failures: Failures },
): Promise<readonly Found[]> {
  if (run.positionals.length > 0)
    throw wrongUse('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  const found: Found[] = [];
  for (const { info, object, source } of await readManifests(run, failures)) {
    try {
      found.push({ info, object: await client.get(info, object.metadata.name), source });
    } catch (error) {
      if (!(ignoreNotFound && isMissing(error))) failures.add(error, doing ? `${doing} ${JSON.stringify(source)}` : '');
    }
  }
  return found;
}

async function findByWords(
  run: CommandRun,
  client: ObjectClient,
  search: Search & { readonly failures: Failures; readonly selection?: Selection; readonly all?: boolean },
): Promise<readonly Found[]> {
  const { command, failures, selection = {}, all = false, kindMeansAll, ignoreNotFound } = search;
  const hasSelector = Boolean(selection.labelSelector || selection.fieldSelector);
  const targets = parseTargets(command, run.positionals, hasSelector || all);
  if (!kindMeansAll && !hasSelector && !all && targets.some(target => target.name === undefined))
    throw wrongUse('resource(s) were provided, but no name was specified');
  const found: Found[] = [];
  for (const { info, name } of targets) {
    try {
      const objects = name === undefined ? await client.list(info, selection) : [await client.get(info, name)];
      found.push(...objects.map(object => ({ info, object })));
    } catch (error) {
      if (!(ignoreNotFound && isMissing(error))) failures.add(error);
    }
  }
  return found;
}
