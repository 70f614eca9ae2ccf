// Objects as JSON, YAML and KYAML (the flow style of Kubernetes).
import { writeJson } from '../../../domain/json/write-json.ts';
import { isMap, type Plain, type PlainMap } from '../../../domain/yaml/plain.ts';
import type { AnyObject } from '../object-client.ts';
import type { ObjectPrinter } from './object-printer.ts';

/** A printer of all that an object holds, `metadata.managedFields` only when wanted. */
export async function dataPrinter(
  format: 'json' | 'yaml' | 'kyaml',
  keepsManagedFields: boolean,
): Promise<ObjectPrinter> {
  const shown = (object: AnyObject): Plain => (keepsManagedFields ? object : withoutManagedFields(object));
  if (format === 'json') return object => writeJson(shown(object), '    ');
  if (format === 'kyaml') return object => `---\n${flow(shown(object), '')}\n`;
  const { writeYaml } = await import('../../../domain/yaml/write-yaml.ts');
  let isFirst = true;
  return object => {
    // Several objects in a row are documents of one text.
    const separator = isFirst ? '' : '---\n';
    isFirst = false;
    return separator + writeYaml(shown(object));
  };
}

/** A copy of an object or a List without what says who wrote which field. */
export function withoutManagedFields(object: PlainMap): PlainMap {
  const { items, metadata } = object;
  const { managedFields: _, ...kept } = isMap(metadata) ? metadata : {};
  const cleaned: PlainMap = isMap(metadata) ? { ...object, metadata: kept } : { ...object };
  if (Array.isArray(items)) cleaned['items'] = items.map(item => (isMap(item) ? withoutManagedFields(item) : item));
  return cleaned;
}

const plainKey = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
/** Words that YAML readers take for something else. */
const ambiguous = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

function flow(value: Plain, pad: string): string {
  const inner = `${pad}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every(isMap)) return `[${value.map(item => flow(item, pad)).join(', ')}]`;
    return `[\n${value.map(item => `${inner}${flow(item, inner)},\n`).join('')}${pad}]`;
  }
  if (!isMap(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  if (keys.length === 0) return '{}';
  const shown = (key: string): string => (plainKey.test(key) && !ambiguous.test(key) ? key : JSON.stringify(key));
  return `{\n${keys.map(key => `${inner}${shown(key)}: ${flow(value[key]!, inner)},\n`).join('')}${pad}}`;
}
