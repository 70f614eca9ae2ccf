// What each dialog shows, as a box: the model's side of views/box.ts. Texts that are typed in the last line have none.
import { confirmKey } from './act-button.ts';
import type { Dialog } from './dialog.ts';
import type { LineDialog } from './line-dialogs.ts';
import { helpItems, menuItems } from './menu-items.ts';
import type { Model } from './model.ts';
import { offOf, paletteItems } from './palette-items.ts';
import { markedResources, selectedGroup, selectedResource } from './selected.ts';
import type { Box } from './views/box.ts';
import { chooseBox, noteBox, paletteBox, textBox } from './views/choice-list.ts';
import { helpBox, menuBox } from './views/command-list.ts';
import { detailsBox } from './views/details.ts';
import { confirmDownBox, type ExitKeys, exitBox, leavingBox } from './views/exit-prompt.ts';
import { formBox } from './views/form.ts';

export type BoxedDialog = Exclude<Dialog, LineDialog>;

/** The box of a dialog on a screen of the model's size. */
export function boxOf(model: Model, dialog: BoxedDialog): Box {
  const { size, theme, nowMs, spinnerPhase, resources } = model;
  switch (dialog.kind) {
    case 'help': {
      const { query, at, selected } = dialog;
      const total = helpItems(model, '').length;
      return helpBox({ items: helpItems(model, query), query, at, selected, total }, size, theme);
    }
    case 'palette': {
      const { query, at, selected } = dialog;
      return paletteBox(
        { items: paletteItems(model, query), offOf: item => offOf(model, item), query, at, selected },
        size,
        theme,
      );
    }
    case 'choose':
      return chooseBox(dialog, theme);
    case 'text':
      return textBox(dialog, size, theme);
    case 'note':
      return noteBox(dialog, size, theme);
    case 'form':
      return formBox({ ...dialog, confirmKey }, theme);
    case 'menu': {
      const marked = markedResources(model).length;
      const title =
        marked > 0 ? `${marked} marked` : (selectedResource(model)?.name ?? selectedGroup(model)?.label ?? '');
      return menuBox({ title, items: menuItems(model), selected: dialog.selected }, theme);
    }
    case 'details': {
      const [resource, group] = [selectedResource(model), selectedGroup(model)];
      const lastOutput = resource ? lastLinesOf(model, resource.name) : [];
      const probe = resource?.role === 'starting' ? lastProbeOf(model, resource.name) : '';
      const facts = model.facts?.facts?.name === resource?.name ? model.facts?.facts : undefined;
      const folder = model.session ? folderOf(model.session.tiltfilePath) : '';
      const props = {
        resource,
        group,
        resources,
        nowMs,
        spinnerPhase,
        lastOutput,
        probe,
        facts,
        folder,
        top: dialog.top,
      };
      return detailsBox(props, size, theme);
    }
    case 'exit':
      return exitBox({ ...dialog, project: model.project, plan: dialog.plan, keys: exitKeys(model) }, size, theme);
    case 'confirm-down':
      return confirmDownBox({ ...dialog, stayKey: exitKeys(model).stay }, theme);
    case 'leaving': {
      const elapsedMs = nowMs - dialog.startedAtMs;
      const { choice, lines } = dialog;
      const waitsFor = stillEnding(model, dialog);
      return leavingBox({ choice, lines, waitsFor, graceMs: model.graceMs, elapsedMs, spinnerPhase }, theme);
    }
  }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

const lastOutputLines = 5;

/** What a resource printed last, as far as the log pane has it at hand. */
function lastLinesOf({ log }: Model, name: string): string[] {
  if (log.resources?.length !== 1 || log.resources[0] !== name) return [];
  return log.window.lines.slice(-lastOutputLines).map(line => log.cache.styled(line).text);
}

/** What leaving still waits for, by name. */
function stillEnding({ resources }: Model, leaving: Extract<Dialog, { kind: 'leaving' }>): readonly string[] {
  const stopped = new Set(leaving.lines.map(line => /^(.*) stopped$/.exec(line)?.[1]));
  const building = resources.filter(row => row.isBuilding).map(row => row.name);
  return [...new Set([...leaving.servers.filter(name => !stopped.has(name)), ...building])];
}

const probeText = /^\[readiness probe: (.*?)\] ?/;

/** What the probe of a resource answered last, as far as the log pane has it at hand. */
function lastProbeOf({ log }: Model, name: string): string {
  if (log.resources?.length !== 1 || log.resources[0] !== name) return '';
  const line = log.window.lines.findLast(candidate => probeText.test(candidate.text));
  return line ? log.cache.styled(line).text.replace(probeText, '$1: ') : '';
}

function exitKeys(model: Model): ExitKeys {
  const key = (command: 'exit-keep' | 'exit-disable' | 'exit-down' | 'exit-stay' | 'exit-snapshot'): string =>
    model.keymap.keysOf(command, ['exit'])[0] ?? '';
  return {
    keep: key('exit-keep'),
    disable: key('exit-disable'),
    down: key('exit-down'),
    stay: key('exit-stay'),
    snapshot: key('exit-snapshot'),
  };
}
