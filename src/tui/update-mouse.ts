// The mouse: a click selects, the wheel scrolls what is under it, a click beside a dialog closes it. Nothing that a click
// does is destructive. Which pane a click gives the focus to is the shell's.
import type { MouseEvent } from '../terminal/input-events.ts';
import { contains, type Rect } from '../terminal/rect.ts';
import { moveInDialog } from './act-dialog.ts';
import { select, toggleGroup } from './act-list.ts';
import { goToEnd, scrollLog } from './act-log.ts';
import { toggleMark } from './act-marks.ts';
import { dragLog, pressLog, releaseLog } from './act-select.ts';
import { type PaneName, splitAt } from './layout.ts';
import { isLineKind } from './line-dialogs.ts';
import type { Message } from './messages.ts';
import { layoutInput, layoutOf, type Model } from './model.ts';
import { closeDialog, openDialog, topDialog } from './open-dialogs.ts';
import { type Step, step } from './step.ts';

const wheelRows = 3;

type MouseMessage = Extract<Message, { kind: 'mouse' }>;

export function handleMouse(model: Model, message: MouseMessage): Step {
  const { at, event, rect } = message;
  if (model.holdsBorder) return moveBorder(model, event);
  if (at === 'beside') return step(model);
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

function dialogMouse(model: Model, event: MouseEvent, rect: Rect): Step {
  if (isWheel(event)) return moveInDialog(model, wheelStep(event));
  const isBeside = event.action === 'press' && !contains(rect, event.x, event.y);
  const kind = topDialog(model)?.kind;
  return step(isBeside && kind !== 'leaving' ? closeDialog(model) : model);
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
  return event.modifiers.ctrl ? markAt(model, y) : clickList(model, y);
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

function clickList(model: Model, y: number): Step {
  const index = model.list.top + y;
  const row = model.list.rows[index];
  if (!row) return step(model);
  const selected = select(model, index);
  return step(row.kind === 'group' ? toggleGroup(selected) : selected);
}
