// restartOn, startOn and stopOn: the newest event among the objects that they name (reference 3.0).
import type { UIButton } from '../api/kinds-buttons.ts';
import { parseTime } from '../api/meta.ts';
import type { RestartOn, StartOn } from '../api/shared-types.ts';
import type { Store } from '../store/port.ts';

export interface TriggerEvent {
  /** ms, 0 for none. */
  readonly atMs: number;
  readonly button?: UIButton;
}

const none: TriggerEvent = { atMs: 0 };

function newestClick(store: Store, names: readonly string[]): TriggerEvent {
  let newest = none;
  for (const name of names) {
    const button = store.get('UIButton', name);
    const atMs = parseTime(button?.status?.lastClickedAt) ?? 0;
    if (button && atMs > newest.atMs) newest = { atMs, button };
  }
  return newest;
}

/** The newest file event or click; objects that do not exist are left out. */
export function lastRestartEvent(store: Store, restartOn: RestartOn | undefined): TriggerEvent {
  let newest = newestClick(store, restartOn?.uiButtons ?? []);
  for (const name of restartOn?.fileWatches ?? []) {
    const atMs = parseTime(store.get('FileWatch', name)?.status?.lastEventTime) ?? 0;
    if (atMs > newest.atMs) newest = { atMs };
  }
  return newest;
}

/** The newest click at or after startAfter. */
export function lastStartEvent(store: Store, startOn: StartOn | undefined): TriggerEvent {
  const click = newestClick(store, startOn?.uiButtons ?? []);
  return click.atMs >= (parseTime(startOn?.startAfter) ?? 0) ? click : none;
}

/** The inputs of a clicked button as `NAME=value`, for the command that it started (reference 3.2). */
export function buttonEnv(button: UIButton | undefined): string[] {
  if (!button) return [];
  const env: string[] = [];
  for (const spec of button.spec?.inputs ?? []) {
    const status = button.status?.inputs?.find(input => input.name === spec.name);
    if (!status) continue;
    let value = '';
    if (status.text) value = status.text.value ?? '';
    else if (status.bool)
      value = status.bool.value ? (spec.bool?.trueString ?? 'true') : (spec.bool?.falseString ?? 'false');
    else if (status.hidden) value = status.hidden.value ?? '';
    else if (status.choice) {
      const choices = spec.choice?.choices ?? [];
      value = choices.find(choice => choice === status.choice?.value) ?? choices[0] ?? '';
    }
    env.push(`${spec.name}=${value}`);
  }
  return env;
}
