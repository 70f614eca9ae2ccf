// The example shop as a project of a test: a copy with ports of its own and a kind that no other test defines.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { claimPort } from './tilt-process.ts';

const example = path.resolve('examples', 'kubernetes');

export interface Shop {
  readonly files: Readonly<Record<string, string>>;
  /** The API group of the kind that the shop defines; definitions are the whole cluster's. */
  readonly group: string;
  /** On this machine. */
  readonly ports: { readonly front: number; readonly catalog: number; readonly orders: number };
}

/** The front keeps 8000 in its pod unless `localPort` says that it listens on the local one. */
export async function makeShop(): Promise<Shop> {
  const group = `shop-${randomBytes(4).toString('hex')}.example.com`;
  const ports = { front: await claimPort(), catalog: await claimPort(), orders: await claimPort() };
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(example, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(example, file)] = fs
      .readFileSync(file, 'utf8')
      .replaceAll('shop.example.com', group)
      .replaceAll('8000', String(ports.front))
      .replaceAll('8001:', `${ports.catalog}:`)
      .replaceAll('8002:', `${ports.orders}:`);
  }
  return { files, group, ports };
}
