// The mouse: a click selects, runs what is listed or shown as a key, opens an address; the wheel scrolls what is under it, a
// click beside a dialog closes it. No click takes anything away at once. Which pane a click gives the focus to is the shell's.
import type { MouseEvent } from '../terminal/input-events.ts';
import { contains, type Rect } from '../terminal/rect.ts';
import { type FormDialog, moveInForm, turnFormValue } from './act-button.ts';
import { moveInDialog } from './act-dialog.ts';
import { select, toggleGroup } from './act-list.ts';
import { goToEnd, scrollLog } from './act-log.ts';
import { toggleMark } from './act-marks.ts';
import { openUrl } from './act-resource.ts';
import { dragLog, pressLog, releaseLog } from './act-select.ts';
import { boxOf } from './dialog-boxes.ts';
import { type PaneName, splitAt } from './layout.ts';
import { isLineDialog, isLineKind } from './line-dialogs.ts';
import type { Message } from './messages.ts';
import { layoutInput, layoutOf, type Model } from './model.ts';
import { changeDialog, closeDialog, openDialog, topDialog } from './open-dialogs.ts';
import { headerProps, helpLineProps } from './panes.ts';
import { type Step, step } from './step.ts';
import { handleKey, runCommand } from './update-keys.ts';
import { boxHit } from './views/box.ts';
import { headerHit } from './views/header.ts';
import { hintAt } from './views/help-line.ts';
import { endpointAt } from './views/list.ts';

const wheelRows = 3;

type MouseMessage = Extract<Message, { kind: 'mouse' }>;

export function handleMouse(model: Model, message: MouseMessage): Step {
  const { at, event, rect } = message;
  if (model.holdsBorder) return moveBorder(model, event);
  if (at === 'beside') return besideMouse(model, event);
  if (at === 'divider') return step(isLeftPress(event) ? { ...model, holdsBorder: 'still' } : model);
  if (at === 'list' || at === 'log') return paneMouse(model, at, event);
  if (!isLineKind(at)) return dialogMouse(model, event, rect);
  // While the filter is typed the list can be scrolled and clicked in as ever.
  const { list, log } = layoutOf(model);
  if (contains(list, event.x, event.y)) return listMouse(model, event);
  return contains(log, event.x, event.y) && isWheel(event) ? logMouse(model, event) : step(model);
}

function isLeftPress(event: MouseEvent): boolean {
  return event.action === 'press' && event.button === 'left';
}

/** The border follows the mouse until the button is let go. A title that was only clicked brings the log to its end. */
function moveBorder(model: Model, event: MouseEvent): Step {
  if (event.action === 'drag') {
    const split = splitAt(layoutInput(model), event.x, event.y) ?? model.split;
    return step(split === model.split ? model : { ...model, split, holdsBorder: 'moved' });
  }
  const free: Model = { ...model, holdsBorder: undefined };
  const isClick = event.action === 'release' && model.holdsBorder === 'still';
  return isClick && model.log.position && contains(layoutOf(model).logTitle, event.x, event.y)
    ? goToEnd(free)
    : step(free);
}

function isWheel(event: MouseEvent): boolean {
  return event.action === 'wheel' && (event.wheel === 'up' || event.wheel === 'down');
}

function wheelStep(event: MouseEvent): number {
  return event.wheel === 'up' ? -1 : 1;
}

/** The first and the last line: the address, the counts, the keys that are shown. */
function besideMouse(model: Model, event: MouseEvent): Step {
  if (!isLeftPress(event)) return step(model);
  const { header, help } = layoutOf(model);
  if (contains(help, event.x, event.y)) {
    const hint = hintAt(help, helpLineProps(model), event.x, model.theme);
    return hint ? runCommand(model, hint.command) : step(model);
  }
  if (!contains(header, event.x, event.y)) return step(model);
  const hit = headerHit(header, headerProps(model), event.x, model.theme);
  return hit === undefined ? step(model) : runCommand(model, hit === 'web' ? 'open-web' : 'next-problem');
}

function dialogMouse(model: Model, event: MouseEvent, rect: Rect): Step {
  if (isWheel(event)) return moveInDialog(model, wheelStep(event));
  if (isLeftPress(event) && contains(rect, event.x, event.y)) return clickInDialog(model, event);
  const isBeside = event.action === 'press' && !contains(rect, event.x, event.y);
  const kind = topDialog(model)?.kind;
  return step(isBeside && kind !== 'leaving' ? closeDialog(model) : model);
}

/** A click on something to choose from chooses it, one on a key that is shown presses it. */
function clickInDialog(model: Model, { x, y }: MouseEvent): Step {
  const dialog = topDialog(model);
  if (!dialog || isLineDialog(dialog)) return step(model);
  const hit = boxHit(model.size, boxOf(model, dialog), { x, y });
  const press = (at: Model, name: string): Step => handleKey(at, dialog.kind, { kind: 'key', name });
  if (hit?.press !== undefined) return press(model, hit.press);
  if (hit?.item === undefined) return step(model);
  if (dialog.kind === 'form') return clickField(model, dialog, hit.item);
  return 'selected' in dialog ? press(changeDialog(model, { ...dialog, selected: hit.item }), 'enter') : step(model);
}

/** A click on another field goes there, one on a switch or a choice turns it. */
function clickField(model: Model, form: FormDialog, item: number): Step {
  const moved = moveInForm(model, form, item - form.field);
  const dialog = topDialog(moved.model);
  return dialog?.kind === 'form' ? turnFormValue(moved.model, dialog, 1) : moved;
}

function paneMouse(model: Model, pane: PaneName, event: MouseEvent): Step {
  // What began in the log goes on there, wherever the mouse is.
  if (model.log.drag && (event.action === 'drag' || event.action === 'release')) return logMouse(model, event);
  return pane === 'list' ? listMouse(model, event) : logMouse(model, event);
}

function listMouse(model: Model, event: MouseEvent): Step {
  if (isWheel(event)) return step(scrollList(model, wheelStep(event) * wheelRows));
  if (event.action !== 'press') return step(model);
  const y = event.y - layoutOf(model).list.y;
  if (event.button === 'right') return menuAt(model, y);
  if (event.button !== 'left') return step(model);
  return event.modifiers.ctrl ? markAt(model, y) : clickList(model, event);
}

function logMouse(model: Model, event: MouseEvent): Step {
  if (isWheel(event)) return scrollLog(model, wheelStep(event) * wheelRows);
  const { kind, logTitle, log } = layoutOf(model);
  const isPress = event.action === 'press';
  if (isPress && contains(logTitle, event.x, event.y)) {
    if (kind === 'stacked') return step(isLeftPress(event) ? { ...model, holdsBorder: 'still' } : model);
    return model.log.position ? goToEnd(model) : step(model);
  }
  if (isPress && event.button === 'left' && contains(log, event.x, event.y)) return pressLog(model, event.x, event.y);
  if (event.action === 'drag') return dragLog(model, event.x, event.y);
  return event.action === 'release' ? releaseLog(model) : step(model);
}

/** Scrolls the list and keeps the selection on what is shown. */
function scrollList(model: Model, by: number): Model {
  const { height } = layoutOf(model).list;
  const { rows, selected } = model.list;
  const top = Math.max(0, Math.min(rows.length - height, model.list.top + by));
  const kept = Math.max(top, Math.min(top + height - 1, selected));
  return select({ ...model, list: { ...model.list, top } }, kept);
}

/** The right button opens the menu of what is under it. */
function menuAt(model: Model, y: number): Step {
  const index = model.list.top + y;
  return model.list.rows[index] ? step(openDialog(select(model, index), { kind: 'menu', selected: 0 })) : step(model);
}

/** With ctrl a click marks. */
function markAt(model: Model, y: number): Step {
  const index = model.list.top + y;
  if (!model.list.rows[index]) return step(model);
  const { model: marked } = toggleMark(select(model, index));
  return step(select(marked, index));
}

/** Two clicks within this time are a double one, in ms. */
const doubleClickMs = 400;

/** A click selects, a second one goes into the log; on an endpoint it opens that. */
function clickList(model: Model, event: MouseEvent): Step {
  const { list } = layoutOf(model);
  const index = model.list.top + event.y - list.y;
  const row = model.list.rows[index];
  if (!row) return step(model);
  const selected = select(model, index);
  if (row.kind === 'group') return step(toggleGroup(selected));
  const endpoint = endpointAt(list, { rows: model.list.rows, hasUsage: model.usage !== undefined }, row, event.x);
  if (endpoint !== undefined) return openUrl(selected, endpoint);
  const { clicked, nowMs } = model;
  if (clicked?.key === row.key && nowMs - clicked.atMs <= doubleClickMs)
    return runCommand({ ...selected, clicked: undefined }, 'enter');
  return step({ ...selected, clicked: { key: row.key, atMs: nowMs } });
}
