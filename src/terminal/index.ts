// The terminal room: a grid of cells to paint on, the keys and the mouse that come in, and the care for the terminal.
// Does not: know resources, logs or themes; decide what is painted or what a key does.
export { type BlessedShell, loadBlessedShell } from './blessed-shell.ts';
export * from './capabilities.ts';
export * from './encoder.ts';
export * from './frame-scheduler.ts';
export * from './grid.ts';
export * from './input-decoder.ts';
export * from './input-events.ts';
export * from './key-chords.ts';
export { type ParsedKey, parseKey } from './key-names.ts';
export { type OpenTerminalOptions, openTerminal } from './lifecycle.ts';
export type { StrayOutput } from './lifecycle-redirect.ts';
export * from './osc.ts';
export type { Pane } from './pane.ts';
export * from './rect.ts';
export { makeShell, type Shell } from './shell.ts';
export * from './style.ts';
export * from './styled-line.ts';
export * from './terminal.ts';
