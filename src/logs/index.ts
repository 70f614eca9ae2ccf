export { makeLogStore } from './log-store.ts';
export type * from './port.ts';
