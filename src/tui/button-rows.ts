// Buttons that a Tiltfile or an extension gives a resource or the session, as rows of the menu. Those that every resource
// has (stop the build, enable and disable) are commands of their own.
import type { Client } from '../api/client.ts';
import type { UIButton, UIInputSpec } from '../api/kinds-buttons.ts';
import { annotations } from '../api/meta.ts';

export interface ButtonRow {
  readonly name: string;
  readonly text: string;
  /** Whose it is; '' for the session's. */
  readonly resource: string;
  readonly isDisabled: boolean;
  readonly needsConfirmation: boolean;
  /** What is asked before it is pressed. */
  readonly inputs: readonly UIInputSpec[];
}

export function readButtons(client: Client): ButtonRow[] {
  return client
    .list('UIButton')
    .filter(button => button.metadata.annotations?.[annotations.buttonType] === undefined)
    .flatMap(toRow)
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

function toRow(button: UIButton): ButtonRow[] {
  const { spec } = button;
  const { componentType = '', componentID = '' } = spec?.location ?? {};
  const isGlobal = componentType.toLowerCase() === 'global';
  if (!spec || (!isGlobal && componentType.toLowerCase() !== 'resource')) return [];
  return [
    {
      name: button.metadata.name,
      text: spec.text,
      resource: isGlobal ? '' : componentID,
      isDisabled: spec.disabled === true,
      needsConfirmation: spec.requiresConfirmation === true,
      inputs: (spec.inputs ?? []).filter(input => !input.hidden),
    },
  ];
}
