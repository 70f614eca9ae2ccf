// `tilt get`: objects as tables or through a printer, once or as they change.
import type { KindInfo } from '../../api/scheme.ts';
import type { Selection } from '../../client/api-client.ts';
import type { CliIo, CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { type AnyObject, type ObjectClient, readTable, type Table } from './object-client.ts';
import { choosePrinter, type PrinterChoice } from './print/choose-printer.ts';
import { TablePrinter, type TableStyle } from './print/print-table.ts';
import { isMissing, selectionOf } from './selection.ts';
import { parseTargets, type Target } from './targets.ts';
import { Failures, ObjectFailure, wrongUse } from './words.ts';

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function getObjects(run: CommandRun): Promise<number> {
  const { flags, positionals } = run;
  const printer = await choosePrinter(flags, true);
  const client = await connectObjects(run);
  if (positionals.length === 0) throw noType(run.path);
  const selection = selectionOf(run);
  const hasSelector = selection.labelSelector !== '' || selection.fieldSelector !== '';
  const targets = parseTargets(run.path.join(' '), positionals, selection.labelSelector !== '');
  if (hasSelector && selection.fieldSelector !== '' && targets.some(target => target.name !== undefined))
    throw wrongUse('name cannot be provided when a selector is specified');
  const get: Get = { run, client, selection, targets, printer, failures: new Failures() };
  if (flags.bool('watch') || flags.bool('watch-only')) return watchObjects(get);
  return printer ? printObjects(get, printer) : printTables(get);
}

interface Get {
  readonly run: CommandRun;
  readonly client: ObjectClient;
  readonly selection: Selection;
  readonly targets: readonly Target[];
  readonly printer: PrinterChoice | undefined;
  readonly failures: Failures;
}

function noType(path: readonly string[]): ObjectFailure {
  const command = `tilt ${path.join(' ')}`;
  return new ObjectFailure(`You must specify the type of resource to get. Use "tilt api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "tilt explain <resource>" for a detailed description of that resource (e.g. tilt explain cmds).
See '${command} -h' for help and examples`);
}

function styleOf({ run: { flags } }: Get, hasSeveralKinds: boolean): TableStyle {
  return {
    isWide: flags.string('output') === 'wide',
    noHeaders: flags.bool('no-headers'),
    showsKind: flags.bool('show-kind') || hasSeveralKinds,
    showsLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  };
}

/** Targets of one kind together, in the order of the command line. */
function groupsOf(targets: readonly Target[]): readonly (readonly Target[])[] {
  const groups: Target[][] = [];
  for (const target of targets) {
    const last = groups.at(-1);
    if (last && last[0]!.info === target.info) last.push(target);
    else groups.push([target]);
  }
  return groups;
}

async function printTables(get: Get): Promise<number> {
  const { io, flags } = get.run;
  const sortBy = flags.string('sort-by');
  const found: { readonly info: KindInfo; readonly table: Table }[] = [];
  for (const group of groupsOf(get.targets)) {
    const table = await readGroup(get, group, sortBy !== '');
    const rows = await sorted(table.rows, sortBy, row => row.object);
    if (rows.length > 0) found.push({ info: group[0]!.info, table: { ...table, rows } });
  }
  const style = styleOf(get, new Set(found.map(({ info }) => info)).size > 1);
  const tables = found.map(({ info, table }) => new TablePrinter(info, style).print(table));
  io.stdout.write(tables.join('\n'));
  if (found.length === 0 && get.failures.isEmpty && !flags.bool('ignore-not-found'))
    io.stderr.write('No resources found\n');
  return get.failures.tell(io);
}

async function sorted<T>(items: readonly T[], by: string, objectOf: (item: T) => AnyObject): Promise<readonly T[]> {
  if (by === '') return items;
  const { sortByField } = await import('./sort-by.ts');
  return sortByField(items, by, objectOf);
}

async function readGroup(get: Get, group: readonly Target[], withObjects: boolean): Promise<Table> {
  const tables: Table[] = [];
  for (const { info, name } of group) {
    const what = name === undefined ? { selection: get.selection, withObjects } : { name, withObjects };
    const table = await attempt(get, () => get.client.table(info, what));
    if (table) tables.push(table);
  }
  return { columns: tables[0]?.columns ?? [], rows: tables.flatMap(table => table.rows) };
}

/** What the server gives; a failure is kept for the end, and one that is to be ignored is forgotten. */
async function attempt<T>(get: Get, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const isForgotten = get.run.flags.bool('ignore-not-found') && isMissing(error);
    if (!isForgotten) get.failures.add(worded(get, error));
    return undefined;
  }
}

/** A selector that the server refuses is told with the selector, as kubectl does. */
function worded(get: Get, error: unknown): unknown {
  const { labelSelector = '', fieldSelector = '' } = get.selection;
  const { reason, message } = error as { reason?: string; message: string };
  if (reason !== 'BadRequest' || (labelSelector === '' && fieldSelector === '')) return error;
  const { plural } = get.targets[0]!.info;
  return new ObjectFailure(
    `Error from server (BadRequest): Unable to find "tilt.dev/v1alpha1, Resource=${plural}" that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: ${message}`,
  );
}

async function printObjects(get: Get, printer: PrinterChoice): Promise<number> {
  const { io, flags } = get.run;
  const objects: AnyObject[] = [];
  for (const { info, name } of get.targets) {
    const found = await attempt(get, async () =>
      name === undefined ? await get.client.list(info, get.selection) : [await get.client.get(info, name)],
    );
    objects.push(...(found ?? []));
  }
  const sortBy = flags.string('sort-by');
  const inOrder = await sorted(objects, sortBy, object => object);
  const { targets } = get;
  const isSingle = targets.length === 1 && targets[0]!.name !== undefined;
  if (printer.isOneByOne) for (const object of inOrder) io.stdout.write(printer.print(object));
  else if (isSingle) {
    if (inOrder[0]) io.stdout.write(printer.print(inOrder[0]));
  } else io.stdout.write(printer.print(listOf(inOrder)));
  return get.failures.tell(io);
}

/** A List as kubectl makes one of what it found. */
export function listOf(items: readonly AnyObject[]): AnyObject {
  return {
    apiVersion: 'v1',
    items: [...items],
    kind: 'List',
    metadata: { resourceVersion: '' },
  } as unknown as AnyObject;
}

async function watchObjects(get: Get): Promise<number> {
  const { io, flags } = get.run;
  const { targets } = get;
  if (targets.length !== 1)
    throw wrongUse(
      `watch is only supported on individual resources and resource collections - ${targets.length} resources were found`,
    );
  const { info, name } = targets[0]!;
  if (name !== undefined) await get.client.get(info, name);
  const selection = name === undefined ? get.selection : { fieldSelector: `metadata.name=${name}` };
  const start = await get.client.table(info, { selection });
  const print = get.printer ? objectLine(get.printer, io) : tableLine(new TablePrinter(info, styleOf(get, false)), io);
  let skips = flags.bool('watch-only')
    ? new Set(start.rows.map(row => row.object.metadata['resourceVersion']))
    : undefined;
  for await (const event of get.client.watch(info, { selection, asTable: !get.printer })) {
    const version = versionOf(event.object);
    // What there is comes first, as ADDED; the first change ends that.
    if (skips && event.type === 'ADDED' && skips.has(version as string)) continue;
    if (event.type !== 'ADDED') skips = undefined;
    print(event.object);
  }
  return 0;
}

function versionOf(object: Parameters<typeof readTable>[0]): unknown {
  const target = object['kind'] === 'Table' ? readTable(object).rows[0]?.object : (object as AnyObject);
  return target?.metadata['resourceVersion'];
}

function objectLine({ print }: PrinterChoice, io: CliIo): (object: Parameters<typeof readTable>[0]) => void {
  return object => io.stdout.write(print(object as AnyObject));
}

/** Later tables of a watch leave the columns out. */
function tableLine(printer: TablePrinter, io: CliIo): (object: Parameters<typeof readTable>[0]) => void {
  let columns: Table['columns'] = [];
  return object => {
    const table = readTable(object);
    if (table.columns.length > 0) columns = table.columns;
    io.stdout.write(printer.print({ ...table, columns }));
  };
}
