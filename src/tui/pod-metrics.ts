// What a cluster's metrics say of a pod: the sum over its containers. Pure.
import type { Usage } from './usage.ts';

/** The part of a PodMetrics object (metrics.k8s.io) that is read. */
export interface PodMetrics {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly containers?: readonly { readonly usage?: { readonly cpu?: string; readonly memory?: string } }[];
}

export function podUsage({ containers = [] }: PodMetrics): Usage {
  let [cores, residentBytes] = [0, 0];
  for (const { usage } of containers) {
    cores += amount(usage?.cpu);
    residentBytes += amount(usage?.memory);
  }
  return { cpuPercent: cores * 100, residentBytes };
}

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `12345n`, `84Mi`, `1e3`: a Kubernetes quantity as a number; what is none counts as nothing. */
function amount(text = ''): number {
  const [, digits = '', unit = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const value = Number(digits) * (unit === '' ? 1 : (factors[unit] ?? 0));
  return Number.isFinite(value) ? value : 0;
}
