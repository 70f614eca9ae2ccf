// Certificates and keys as a kubeconfig has them: in itself, or in a file beside it.
import fs from 'node:fs/promises';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { textOf } from './kubeconfig-files.ts';

/** Of `NAME-data`, which is base64, or the file that NAME names. */
export async function pem(from: PlainMap, name: string): Promise<Buffer | undefined> {
  const data = textOf(from, `${name}-data`);
  if (data !== '') return Buffer.from(data, 'base64');
  const file = textOf(from, name);
  if (file === '') return undefined;
  return fs.readFile(file).catch(error => {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  });
}
