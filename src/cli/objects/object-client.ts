// Objects of any kind over a session's API, as plain data: what object commands read and write.
// Does not: know the fields of a kind.
import type { KindInfo } from '../../api/scheme.ts';
import type { StatusError } from '../../api/status-error.ts';
import type { ApiAnswer, ApiClient, Selection } from '../../client/api-client.ts';
import { fromStatus } from '../../client/errors.ts';
import type { Plain, PlainMap } from '../../domain/yaml/plain.ts';

/** An object as it travels. */
export interface AnyObject extends PlainMap {
  metadata: PlainMap & { name: string };
}

export interface TableColumn {
  readonly name: string;
  readonly priority: number;
}

export interface TableRow {
  readonly cells: readonly Plain[];
  /** At least its metadata. */
  readonly object: AnyObject;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface WriteMode {
  /** The server only tries. */
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: string;
  readonly subresource?: string;
  /** Takes fields over from others (server-side apply). */
  readonly force?: boolean;
}

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export type PatchKind = keyof typeof patchTypes;

const tableType = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const jsonType = { 'Content-Type': 'application/json' } as const;

/** Every call rejects with the server's StatusError, or a ClientError when it is not reached. */
export class ObjectClient {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  async get(info: KindInfo, name: string): Promise<AnyObject> {
    return (await this.#json(pathOf(info, name))) as AnyObject;
  }

  async list(info: KindInfo, selection: Selection = {}): Promise<readonly AnyObject[]> {
    const list = (await this.#json(pathOf(info) + selectionQuery(selection))) as { items?: AnyObject[] | null };
    // Items of a list do not say what they are.
    return (list.items ?? []).map(item => ({
      ...item,
      apiVersion: item['apiVersion'] ?? 'tilt.dev/v1alpha1',
      kind: info.kind,
    }));
  }

  /** Rows of one object, or of a selection. `withObjects`: whole objects come with the rows. */
  async table(
    info: KindInfo,
    what: { readonly name?: string; readonly selection?: Selection; readonly withObjects?: boolean },
  ): Promise<Table> {
    const query = selectionQuery(what.selection ?? {}, what.withObjects ? { includeObject: 'Object' } : {});
    const body = await this.#json(pathOf(info, what.name) + query, { headers: { Accept: tableType } });
    return readTable(body as PlainMap);
  }

  async create(info: KindInfo, object: Plain, mode: WriteMode = {}): Promise<AnyObject> {
    const request = { method: 'POST', headers: jsonType, body: JSON.stringify(object) };
    return (await this.#json(pathOf(info) + modeQuery(mode), request)) as AnyObject;
  }

  async patch(
    info: KindInfo,
    name: string,
    patch: { readonly type: PatchKind; readonly text: string },
    mode: WriteMode = {},
  ): Promise<AnyObject> {
    const suffix = mode.subresource ? `/${mode.subresource}` : '';
    const request = { method: 'PATCH', headers: { 'Content-Type': patchTypes[patch.type] }, body: patch.text };
    return (await this.#json(pathOf(info, name) + suffix + modeQuery(mode), request)) as AnyObject;
  }

  async delete(info: KindInfo, name: string, options: PlainMap, mode: WriteMode = {}): Promise<PlainMap> {
    const request = { method: 'DELETE', headers: jsonType, body: JSON.stringify(options) };
    return (await this.#json(pathOf(info, name) + modeQuery(mode), request)) as PlainMap;
  }

  /** A request to a path of the server's; the answer's text. */
  async raw(method: string, path: string): Promise<string> {
    return checked(await this.#api.request(path, { method })).text;
  }

  /** Changes of a selection as they come: objects, or tables of one row each. Ends with the session. */
  async *watch(
    info: KindInfo,
    what: { readonly selection: Selection; readonly asTable?: boolean; readonly resourceVersion?: string },
  ): AsyncGenerator<{ readonly type: string; readonly object: PlainMap }> {
    const { selection, asTable = false, resourceVersion } = what;
    const query = selectionQuery(selection, { watch: '1', ...(resourceVersion ? { resourceVersion } : {}) });
    const headers: Record<string, string> = asTable ? { Accept: tableType } : {};
    for await (const line of this.#api.lines(pathOf(info) + query, { headers })) {
      const event = JSON.parse(line) as { type: string; object: PlainMap };
      if (event.type === 'ERROR') throw fromStatus(500, event.object);
      if (event.type !== 'BOOKMARK') yield event;
    }
  }

  async #json(path: string, request: Parameters<ApiClient['request']>[1] = {}): Promise<Plain> {
    return JSON.parse(checked(await this.#api.request(path, request)).text) as Plain;
  }
}

/** The table that a server's answer is. */
export function readTable(body: PlainMap): Table {
  const columns = (body['columnDefinitions'] ?? []) as unknown as readonly TableColumn[];
  const rows = (body['rows'] ?? []) as unknown as readonly TableRow[];
  return { columns, rows };
}

function checked(answer: ApiAnswer): ApiAnswer {
  if (answer.code >= 200 && answer.code <= 299) return answer;
  throw refusal(answer);
}

function refusal({ code, text }: ApiAnswer): StatusError {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return fromStatus(code, body);
}

function pathOf(info: KindInfo, name?: string): string {
  const collection = `/apis/tilt.dev/v1alpha1/${info.plural}`;
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}

function selectionQuery(selection: Selection, more: Readonly<Record<string, string>> = {}): string {
  const { labelSelector = '', fieldSelector = '' } = selection;
  return query({ labelSelector, fieldSelector, ...more });
}

function modeQuery({ dryRun, fieldManager = '', fieldValidation = '', force }: WriteMode): string {
  return query({ dryRun: dryRun ? 'All' : '', fieldManager, fieldValidation, force: force ? 'true' : '' });
}

function query(parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
