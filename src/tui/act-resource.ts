// What is done to resources: update, stop a build, enable and disable, open the endpoint. Each says why it cannot be done.
import type { CommandName } from './command-names.ts';
import type { Effect } from './effects.ts';
import type { MenuItem } from './menu-item.ts';
import type { Model } from './model.ts';
import { openDialog } from './open-dialogs.ts';
import type { ResourceRow } from './resource-row.ts';
import { actionTargets, noTargetReason, selectedGroup, selectedResource } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

/** The resources that a command for the selected ones would touch; none for other commands. */
export function affectedBy(model: Model, command: CommandName): readonly ResourceRow[] {
  const targets = actionTargets(model);
  switch (command) {
    case 'trigger':
      return targets.filter(row => row.role !== 'disabled');
    case 'stop-build':
      return targets.filter(row => row.isBuilding);
    case 'enable':
      return targets.filter(row => !row.isTiltfile && row.role === 'disabled');
    case 'disable':
      return targets.filter(row => !row.isTiltfile && row.role !== 'disabled');
    case 'trigger-mode':
      return targets.filter(row => !row.isTiltfile);
    default:
      return [];
  }
}

/** `web`, or `3 resources`. */
function nameTargets(rows: readonly ResourceRow[]): string {
  return rows.length === 1 ? rows[0]!.name : `${rows.length} resources`;
}

export function triggerOff(model: Model): string | undefined {
  const targets = actionTargets(model);
  if (targets.length === 0) return noTargetReason(model);
  if (targets.every(row => row.role === 'disabled')) return 'disabled: enable it first';
  return undefined;
}

export function trigger(model: Model): Step {
  const targets = affectedBy(model, 'trigger');
  const effect: Effect = { kind: 'trigger', resources: targets.map(row => row.name) };
  const what = targets[0]?.isTiltfile ? 'The Tiltfile runs again' : `Update of ${nameTargets(targets)} asked for`;
  return step(withToast(model, what), effect);
}

export function stopBuildOff(model: Model): string | undefined {
  const targets = actionTargets(model);
  if (targets.length === 0) return noTargetReason(model);
  return targets.some(row => row.isBuilding) ? undefined : 'nothing is building';
}

export function stopBuild(model: Model): Step {
  const targets = affectedBy(model, 'stop-build');
  const effect: Effect = { kind: 'stop-build', resources: targets.map(row => row.name) };
  return step(withToast(model, `Stopping the build of ${nameTargets(targets)}`), effect);
}

export function switchOff(model: Model, disabled: boolean): string | undefined {
  const targets = actionTargets(model);
  if (targets.length === 0) return noTargetReason(model);
  if (targets.every(row => row.isTiltfile)) return 'the Tiltfile is always on';
  const isDone = targets.every(row => row.isTiltfile || (row.role === 'disabled') === disabled);
  return isDone ? `${disabled ? 'disabled' : 'enabled'} already` : undefined;
}

export function setDisabled(model: Model, disabled: boolean): Step {
  const targets = affectedBy(model, disabled ? 'disable' : 'enable');
  const effect: Effect = { kind: 'set-disabled', resources: targets.map(row => row.name), disabled };
  return step(withToast(model, `${disabled ? 'Disabling' : 'Enabling'} ${nameTargets(targets)}`), effect);
}

export function triggerModeOff(model: Model): string | undefined {
  const targets = actionTargets(model);
  if (targets.length === 0) return noTargetReason(model);
  return targets.every(row => row.isTiltfile) ? 'a change of the Tiltfile always runs it' : undefined;
}

/** The same without its first run: 3 and 2 have none. */
const otherMode: readonly number[] = [1, 0, 3, 2];

/** From automatic to manual and back; whether it runs at the start stays as it is. All get what the first one gets. */
export function toggleTriggerMode(model: Model): Step {
  const targets = affectedBy(model, 'trigger-mode');
  const isManual = targets[0] !== undefined && isManualMode(targets[0]);
  const changed = targets.filter(row => isManualMode(row) === isManual);
  const modes = changed.map(row => ({ resource: row.name, mode: otherMode[row.triggerMode] ?? 0 }));
  const how = isManual ? 'starts on every change' : 'waits for you: changes start nothing';
  return step(withToast(model, `${nameTargets(changed)} ${how}`), { kind: 'set-trigger-modes', modes });
}

function isManualMode({ triggerMode }: ResourceRow): boolean {
  return triggerMode === 1 || triggerMode === 2;
}

export function openOff(model: Model): string | undefined {
  const resource = selectedResource(model);
  if (!resource) return selectedGroup(model) ? 'a group has no endpoint' : noTargetReason(model);
  return resource.endpoints.length > 0 ? undefined : 'it has no endpoint';
}

/** Opens the endpoint; of several the person chooses. */
export function openEndpoint(model: Model): Step {
  const endpoints = selectedResource(model)?.endpoints ?? [];
  const [first] = endpoints;
  if (!first) return step(model);
  if (endpoints.length === 1) return openUrl(model, first.url);
  const items = endpoints.map(
    ({ url, name }): MenuItem => ({
      action: { kind: 'endpoint', url },
      title: name ? `${name}  ${url}` : url,
      keys: [],
    }),
  );
  const title = `Endpoints of ${selectedResource(model)?.name ?? ''}`;
  return step(openDialog(model, { kind: 'choose', title, items, selected: 0 }));
}

/** The browser is where the person is, which may be elsewhere: then the address is shown, with the way there. */
export function openUrl(model: Model, url: string): Step {
  return step(model, { kind: 'open-url', url });
}
