// A ToggleButton owns the UIButton `toggle-<name>`; a click writes the other value into its ConfigMap (reference 3.18).

import { isDeepStrictEqual } from 'node:util';
import type { ToggleButton, UIButton } from '../api/kinds-buttons.ts';
import { annotations, apiVersion, parseTime } from '../api/meta.ts';
import { isInvalid } from '../api/status-error.ts';
import type { Store } from '../store/port.ts';
import type { Controller } from './runtime/controller.ts';

const actionInput = 'action';
const turnOn = 'on';
const turnOff = 'off';

/** Name of the UIButton that a ToggleButton owns. */
export function toggleUIButtonName(toggle: string): string {
  return `toggle-${toggle}`;
}

export function makeToggleButtonController(store: Store): Controller {
  const lastClickMs = new Map<string, number>();

  function reconcile(name: string): undefined {
    const toggle = store.get('ToggleButton', name);
    const buttonName = toggleUIButtonName(name);
    if (!toggle) {
      const button = store.get('UIButton', buttonName);
      if (button && isOwnedBy(button, name)) store.delete('UIButton', buttonName);
      lastClickMs.delete(name);
      return undefined;
    }
    const error = takeClick(toggle, store.get('UIButton', buttonName)) ?? '';
    const isOn = readState(toggle);
    const problem = writeButton(uiButton(toggle, isOn.value));
    const status = { error: error || problem || isOn.error };
    if (!isDeepStrictEqual(toggle.status, status)) store.setStatus('ToggleButton', name, status);
    return undefined;
  }

  /** Why the button cannot be as the toggle wants it; empty when it can. */
  function writeButton(button: UIButton): string {
    try {
      store.upsert('UIButton', button);
      return '';
    } catch (error) {
      if (isInvalid(error)) return (error as Error).message;
      throw error;
    }
  }

  /** Writes what a new click asks for; gives an error text when it cannot. */
  function takeClick(toggle: ToggleButton, button: UIButton | undefined): string | undefined {
    const clickedMs = parseTime(button?.status?.lastClickedAt);
    const { name } = toggle.metadata;
    if (clickedMs === undefined || clickedMs <= (lastClickMs.get(name) ?? 0)) return undefined;
    lastClickMs.set(name, clickedMs);
    const source = toggle.spec!.stateSource.configMap;
    if (!source) return undefined;
    const action = button!.status?.inputs?.find(input => input.name === actionInput)?.hidden?.value;
    if (action !== turnOn && action !== turnOff) {
      return action === undefined
        ? `button does not have an '${actionInput}' input`
        : `unexpected value "${action}" for the '${actionInput}' input`;
    }
    const map = store.get('ConfigMap', source.name);
    if (!map) return `no such ConfigMap "${source.name}"`;
    const value = action === turnOn ? (source.onValue ?? 'true') : (source.offValue ?? 'false');
    store.update('ConfigMap', { ...map, data: { ...map.data, [source.key]: value } });
    return undefined;
  }

  function readState(toggle: ToggleButton): { readonly value: boolean; readonly error: string } {
    const { defaultOn, stateSource } = toggle.spec!;
    const source = stateSource.configMap;
    if (!source) return { value: defaultOn, error: '' };
    const map = store.get('ConfigMap', source.name);
    if (!map) return { value: defaultOn, error: `no such ConfigMap "${source.name}"` };
    const text = map.data?.[source.key];
    if (text === undefined) return { value: defaultOn, error: '' };
    if (text === (source.onValue ?? 'true')) return { value: true, error: '' };
    if (text === (source.offValue ?? 'false')) return { value: false, error: '' };
    return { value: defaultOn, error: `ConfigMap "${source.name}" key "${source.key}" has unknown value "${text}"` };
  }

  return {
    name: 'toggle-button',
    watches: {
      ToggleButton: name => [name],
      UIButton: name => (name.startsWith('toggle-') ? [name.slice('toggle-'.length)] : []),
      // By convention the map and its toggle share a name; toggles of other maps are looked at in turn.
      ConfigMap: name =>
        store.list('ToggleButton').length > 0 && store.get('ToggleButton', name) ? [name] : togglesOf(store, name),
    },
    reconcile,
  };
}

function togglesOf(store: Store, configMap: string): string[] {
  if (configMap.endsWith('-disable') || configMap === 'tilt-trigger-queue') return [];
  return store
    .list('ToggleButton')
    .filter(toggle => toggle.spec?.stateSource.configMap?.name === configMap)
    .map(toggle => toggle.metadata.name);
}

function isOwnedBy(button: UIButton, toggle: string): boolean {
  return button.metadata.ownerReferences?.some(ref => ref.kind === 'ToggleButton' && ref.name === toggle) ?? false;
}

function uiButton(toggle: ToggleButton, isOn: boolean): UIButton {
  const spec = toggle.spec!;
  // Each side says what the button shows in that state.
  const side = isOn ? spec.on : spec.off;
  const { annotations: own } = toggle.metadata;
  const type = own?.[annotations.buttonType];
  const resource = own?.[annotations.resource];
  return {
    apiVersion,
    kind: 'UIButton',
    metadata: {
      name: toggleUIButtonName(toggle.metadata.name),
      annotations: {
        ...(type ? { [annotations.buttonType]: type } : {}),
        ...(resource ? { [annotations.resource]: resource } : {}),
      },
      ownerReferences: [
        {
          apiVersion,
          kind: 'ToggleButton',
          name: toggle.metadata.name,
          uid: toggle.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      location: spec.location,
      text: side.text,
      ...(side.iconName ? { iconName: side.iconName } : {}),
      ...(side.iconSVG ? { iconSVG: side.iconSVG } : {}),
      ...(side.requiresConfirmation ? { requiresConfirmation: true } : {}),
      inputs: [{ name: actionInput, hidden: { value: isOn ? turnOff : turnOn } }],
    },
  };
}
