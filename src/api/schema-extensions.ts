// Fields of Extension and ExtensionRepo. Facts of reference 3.1 to 3.20; how a field is written: schema.ts.
import type { TypeTable } from './schema-types.ts';

export const extensionsTypes = {
  Extension: { spec: 'ExtensionSpec', status: 'ExtensionStatus' },
  ExtensionSpec: { args: '[]string', repoName: 'string!', repoPath: 'string!' },
  ExtensionStatus: { error: 'string', path: 'string' },
  ExtensionRepo: { spec: 'ExtensionRepoSpec', status: 'ExtensionRepoStatus' },
  ExtensionRepoSpec: { gitSubpath: 'string', loadHost: 'string', ref: 'string', url: 'string!' },
  ExtensionRepoStatus: {
    checkoutRef: 'string',
    error: 'string',
    lastFetchedAt: 'Time',
    path: 'string',
    staleReason: 'string',
  },
} as const satisfies TypeTable;
