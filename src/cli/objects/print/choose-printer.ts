// What a command prints of objects, by `-o` and `--template`.
import type { FlagValues } from '../../flags.ts';
import { wrongUse } from '../words.ts';
import type { ObjectPrinter } from './object-printer.ts';

export interface PrinterChoice {
  /** Objects are printed one by one even where there are several (`-o name`). */
  readonly isOneByOne: boolean;
  readonly print: ObjectPrinter;
}

const formats = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];
const tableFormats = ['custom-columns', 'custom-columns-file', 'wide'];

/** The printer of `-o`; undefined where a table is wanted (of `get`) or a line (of the others). Throws ObjectFailure. */
export async function choosePrinter(flags: FlagValues, hasTables: boolean): Promise<PrinterChoice | undefined> {
  const given = flags.string('output');
  const templateText = flags.string('template');
  const output = given === '' && templateText !== '' ? 'go-template' : given;
  if (output === '' || (hasTables && output === 'wide')) return undefined;
  const equals = output.indexOf('=');
  const format = equals < 0 ? output : output.slice(0, equals);
  const argument = equals < 0 ? templateText : output.slice(equals + 1);
  const known = hasTables ? [...formats, ...tableFormats] : formats;
  if (!known.includes(format)) throw unknownFormat(output, known);
  const keepManaged = flags.bool('show-managed-fields');
  const allowMissing = flags.bool('allow-missing-template-keys');
  switch (format) {
    case 'name': {
      const { printName } = await import('./print-name.ts');
      return { isOneByOne: true, print: printName };
    }
    case 'json':
    case 'yaml':
    case 'kyaml': {
      const { dataPrinter } = await import('./print-data.ts');
      return { isOneByOne: false, print: await dataPrinter(format, keepManaged) };
    }
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file': {
      const { jsonPathPrinter } = await import('./print-json-path.ts');
      const text = await templateOf(argument, format === 'jsonpath-file');
      return {
        isOneByOne: false,
        print: jsonPathPrinter(text, { allowMissing, asJson: format === 'jsonpath-as-json' }),
      };
    }
    case 'custom-columns':
    case 'custom-columns-file': {
      const { customColumnsPrinter, readColumnsFile } = await import('./print-custom-columns.ts');
      if (argument === '') throw wrongUse(`${format} format specified but no custom columns given`);
      const spec =
        format === 'custom-columns' ? argument : readColumnsFile(await readFile(argument, 'error reading template'));
      return { isOneByOne: false, print: customColumnsPrinter(spec, flags.bool('no-headers')) };
    }
    default: {
      const { goTemplatePrinter } = await import('./print-go-template.ts');
      const text = await templateOf(argument, format === 'go-template-file' || format === 'templatefile');
      return { isOneByOne: false, print: goTemplatePrinter(text, allowMissing) };
    }
  }
}

async function templateOf(argument: string, isFile: boolean): Promise<string> {
  if (argument === '') throw wrongUse('template format specified but no template given');
  return isFile ? readFile(argument, 'error reading --template') : argument;
}

async function readFile(path: string, doing: string): Promise<string> {
  const { nodeDisk } = await import('../../../adapters/disk/node-disk.ts');
  try {
    return nodeDisk.readFile(path).toString('utf8');
  } catch (error) {
    throw wrongUse(`${doing} ${path}, ${(error as Error).message}`);
  }
}

function unknownFormat(output: string, known: readonly string[]): Error {
  const allowed = [...known].sort().join(',');
  return wrongUse(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${allowed}`,
  );
}
