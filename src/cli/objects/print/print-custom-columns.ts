// `-o custom-columns=NAME:.metadata.name,IMAGE:.spec.image`
import { showValue } from '../../../domain/go-template/values.ts';
import { type JsonPathTemplate, parseJsonPathTemplate, relaxedPath } from '../../../domain/json/json-path-template.ts';
import { RowAligner } from '../align.ts';
import type { AnyObject } from '../object-client.ts';
import { wrongUse } from '../words.ts';
import type { ObjectPrinter } from './object-printer.ts';

interface CustomColumn {
  readonly header: string;
  readonly path: JsonPathTemplate;
}

/** A printer of rows. Throws ObjectFailure for columns that cannot be read. */
export function customColumnsPrinter(spec: string, noHeaders: boolean): ObjectPrinter {
  const columns = spec.split(',').map(readColumn);
  const aligner = new RowAligner();
  let hasHeader = noHeaders;
  return object => {
    const objects = (object['items'] ?? [object]) as unknown as readonly AnyObject[];
    const header = hasHeader ? [] : [columns.map(column => column.header)];
    hasHeader = true;
    return aligner.rows([...header, ...objects.map(item => columns.map(column => cell(column, item)))]);
  };
}

function readColumn(text: string): CustomColumn {
  const colon = text.indexOf(':');
  if (colon < 0) throw wrongUse(`unexpected custom-columns spec: ${text}, expected <header>:<json-path-expr>`);
  try {
    return { header: text.slice(0, colon), path: parseJsonPathTemplate(relaxedPath(text.slice(colon + 1))) };
  } catch (error) {
    throw wrongUse((error as Error).message);
  }
}

function cell({ path }: CustomColumn, object: AnyObject): string {
  const values = path.find(object, { allowMissing: true });
  if (values.length === 0) return '<none>';
  return values.map(value => showValue(value as Parameters<typeof showValue>[0])).join(',');
}

/** The columns that a file's two lines stand for: headers above paths. Throws ObjectFailure. */
export function readColumnsFile(text: string): string {
  const [headers, paths] = text.split('\n').map(line =>
    line
      .trim()
      .split(/\s+/)
      .filter(word => word !== ''),
  );
  if (!headers || !paths || headers.length !== paths.length || headers.length === 0)
    throw wrongUse(
      `number of headers (${headers?.length ?? 0}) and field specifications (${paths?.length ?? 0}) don't match`,
    );
  return headers.map((header, i) => `${header}:${paths[i]}`).join(',');
}
