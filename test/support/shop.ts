// The example shop as a project of a test: a copy with ports of its own, and a kind that no other test defines.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { claimPort, release } from './tilt-process.ts';
import type { ClusterProject } from './with-cluster.ts';

const example = path.resolve('examples', 'kubernetes');

export interface Shop {
  /** Name of the definition of the shop's kind; definitions are the whole cluster's. */
  readonly definition: string;
  /** The port at which the front is on this machine. */
  readonly port: number;
}

/** Writes the shop into the project. Its definition is gone when the test ends, whatever became of it. */
export async function writeShop(t: ExecutionContext, project: ClusterProject): Promise<Shop> {
  const group = `shop-${randomBytes(4).toString('hex')}.example.com`;
  const definition = `offers.${group}`;
  const [front, catalog, orders] = [await claimPort(), await claimPort(), await claimPort()];
  t.teardown(async () => {
    for (const port of [front, catalog, orders]) release(port);
    const ref = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: definition };
    await project.cluster.client.delete(ref, { signal: new AbortController().signal }).catch(() => {});
  });
  for (const entry of fs.readdirSync(example, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = fs
      .readFileSync(file, 'utf8')
      .replaceAll('shop.example.com', group)
      .replaceAll('8000', String(front))
      .replaceAll('8001:', `${catalog}:`)
      .replaceAll('8002:', `${orders}:`);
    project.write(path.relative(example, file), text);
  }
  return { definition, port: front };
}
