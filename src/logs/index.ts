export { makeLogStore } from './log-store.ts';
export type * from './port.ts';
export { type PrintOptions, type PrintResult, printLogs } from './print-logs.ts';
export { JsonFormatter, jsonLine, type LineFormatter, linePrefix, StreamFormatter } from './stream-format.ts';
