// What `ci` says at its end of a cluster that it does not reach: the verdict alone does not tell why.
import type { Cluster } from '../api/kinds-kubernetes.ts';
import type { CiVerdict } from '../engine/session-targets.ts';

const clusterFailed = 'cluster connection failed';

/** The verdict with the clusters' own reasons behind it, in one line: it is the last that a build server shows. */
export function explainVerdict(verdict: CiVerdict, clusters: readonly Cluster[]): CiVerdict {
  if (verdict.error !== clusterFailed) return verdict;
  const reasons = new Set(clusters.flatMap(({ status }) => (status?.error ? [reasonIn(status.error)] : [])));
  return reasons.size === 0 ? verdict : { ...verdict, error: `${clusterFailed}: ${[...reasons].join('; ')}` };
}

/** Without the sentences around it: what was tried, and that it is tried again. */
function reasonIn(text: string): string {
  return text
    .split('\n')
    .filter(line => !/^Tilt (encountered an error connecting|tries again)/.test(line))
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ');
}
