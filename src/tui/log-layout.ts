// How the log is laid out in a pane of some size: its columns before the text depend on what is shown.
import { textWidth } from '../base/text-width.ts';
import { podColumns } from './log-pods.ts';
import { type LogLayout, type LogLook, maxNameColumns } from './log-rows.ts';
import type { Model } from './model.ts';

/** Narrow panes have no room for the time. */
export const timesFromColumns = 48;
/** The same for whole names; below it they are cut to a few letters. */
const namesFromColumns = 40;
const shortNamesFromColumns = 20;
const shortNameColumns = 8;
const podsFromColumns = 30;

/** How the log is laid out in a pane of that size. */
export function logLayout(model: Model, rect: { readonly width: number; readonly height: number }): LogLayout {
  const { log } = model;
  const isMany = log.resources === undefined || log.resources.length > 1;
  const look: LogLook = {
    width: rect.width,
    wrap: log.wrap,
    hasTimes: log.times && rect.width >= timesFromColumns,
    pretty: log.pretty,
    nameColumns: isMany ? nameColumns(model, rect.width) : 0,
    podColumns: rect.width >= podsFromColumns ? podColumns(log.window) : 0,
  };
  return { window: log.window, cache: log.cache, look, height: rect.height };
}

/** All names have the width of the longest one, whichever are shown now: the text must not move. */
function nameColumns(model: Model, width: number): number {
  if (width < shortNamesFromColumns) return 0;
  const longest = model.resources.reduce((most, row) => Math.max(most, textWidth(row.name)), 0);
  return Math.min(longest + 2, width < namesFromColumns ? shortNameColumns : maxNameColumns);
}
