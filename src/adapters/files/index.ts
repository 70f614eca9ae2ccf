export { type CoalescePolicy, type Coalescer, coalescePolicy, makeCoalescer } from './coalesce.ts';
export type * from './port.ts';
export { type FileWatcherOptions, makeFileWatcher } from './real-file-watcher.ts';
