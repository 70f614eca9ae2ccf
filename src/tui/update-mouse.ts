// The mouse: a click selects or focuses, the wheel scrolls what is under it. Nothing that a click does is destructive.
import type { MouseEvent } from '../terminal/input-events.ts';
import { contains } from '../terminal/rect.ts';
import { select, toggleGroup } from './act-list.ts';
import { goToEnd, scrollLog } from './act-log.ts';
import { moveInMenu } from './act-menu.ts';
import { layoutOf, type Model } from './model.ts';
import { type Step, step } from './step.ts';

const wheelRows = 3;

export function handleMouse(model: Model, event: MouseEvent): Step {
  const isWheel = event.action === 'wheel' && (event.wheel === 'up' || event.wheel === 'down');
  const by = event.wheel === 'up' ? -1 : 1;
  if (model.overlay) {
    if (isWheel) return moveInMenu(model, by);
    return step(model);
  }
  const layout = layoutOf(model);
  if (contains(layout.list, event.x, event.y)) {
    if (isWheel) return step(scrollList(model, by * wheelRows));
    return event.action === 'press' && event.button === 'left'
      ? clickList(model, event.y - layout.list.y)
      : step(model);
  }
  if (contains(layout.log, event.x, event.y)) {
    if (isWheel) return scrollLog(model, by * wheelRows);
    return event.action === 'press' ? step({ ...model, focus: 'log' }) : step(model);
  }
  const isOnTitle = contains(layout.logTitle, event.x, event.y) && event.action === 'press';
  return isOnTitle && model.log.position ? goToEnd(model) : step(model);
}

/** Scrolls the list and keeps the selection on what is shown. */
function scrollList(model: Model, by: number): Model {
  const { height } = layoutOf(model).list;
  const { rows, selected } = model.list;
  const top = Math.max(0, Math.min(rows.length - height, model.list.top + by));
  const kept = Math.max(top, Math.min(top + height - 1, selected));
  return select({ ...model, list: { ...model.list, top } }, kept);
}

function clickList(model: Model, y: number): Step {
  const index = model.list.top + y;
  const row = model.list.rows[index];
  if (!row) return step({ ...model, focus: 'list' });
  const selected = select({ ...model, focus: 'list' }, index);
  return step(row.kind === 'group' ? toggleGroup(selected) : selected);
}
