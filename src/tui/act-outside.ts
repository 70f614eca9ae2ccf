// What happens outside of the screen: addresses are opened, files edited, shells run in containers. Each says why it cannot.
import type { LogLine } from '../api/client.ts';
import { isErrorLine } from '../logs/error-lines.ts';
import { seenLines } from './act-log.ts';
import { openUrl } from './act-resource.ts';
import { type FilePlace, findFilePlaces } from './file-places.ts';
import type { MenuItem, PodPlace } from './menu-item.ts';
import type { Model } from './model.ts';
import { openDialog } from './open-dialogs.ts';
import { plainText } from './plain-text.ts';
import { noTargetReason, selectedResource } from './selected.ts';
import { type Step, step, withToast } from './step.ts';
import { noUsage } from './usage.ts';

export function webOff({ session }: Model): string | undefined {
  return session?.webUrl ? undefined : 'the web port is off (--port)';
}

export function openWeb(model: Model): Step {
  return openUrl(model, model.session?.webUrl ?? '');
}

export function copyName(model: Model): Step {
  const name = selectedResource(model)?.name;
  return name === undefined ? step(model) : step(model, { kind: 'copy', text: name, what: name });
}

/** Lines that the person means, the likeliest first: what is marked or was gone to, errors in sight, the rest from the end. */
function meantLines(model: Model): readonly LogLine[] {
  const { window, selection, search, near } = model.log;
  const seen = seenLines(model);
  if (!seen) return [];
  const shown = window.lines.slice(window.indexOf(seen.first), window.indexOf(seen.last) + 1);
  const ids = [selection?.head.id, search?.current, near];
  const chosen = ids.flatMap(id => shown.filter(line => line.id === id));
  const rest = shown.toReversed();
  return [...chosen, ...rest.filter(isErrorLine), ...rest];
}

/** Places in files: those that the error of the selected resource names, then those of the lines in sight. */
function meantPlaces(model: Model): FilePlace[] {
  const selected = model.focus === 'list' ? selectedResource(model) : undefined;
  const texts = [
    ...(selected ? [{ text: selected.errorText, resource: selected.name }] : []),
    ...meantLines(model).map(line => ({ text: plainText(line), resource: line.resource })),
  ];
  return texts
    .flatMap(({ text, resource }) => findFilePlaces(text).map(place => ({ ...place, resource })))
    .slice(0, maxPlaces);
}

/** So many files are looked for. */
const maxPlaces = 30;

export function editOff(model: Model): string | undefined {
  return meantPlaces(model).length > 0 ? undefined : 'no line in sight names a file and a line';
}

export function edit(model: Model): Step {
  return step(model, { kind: 'edit', places: meantPlaces(model) });
}

export function shellOff(model: Model): string | undefined {
  const resource = selectedResource(model);
  if (!resource) return noTargetReason(model);
  if (resource.isTiltfile) return 'the Tiltfile has no container';
  if (resource.kind === 'local' || resource.kind === 'test')
    return 'it runs here, not in a container: use a terminal of yours';
  if (resource.kind === 'kubernetes') return resource.pods.length > 0 ? undefined : 'it has no pod';
  return `a resource of kind ${resource.kind} has no container to open`;
}

export function attachOff(model: Model): string | undefined {
  const resource = selectedResource(model);
  if (!resource) return noTargetReason(model);
  if (resource.kind === 'local' || resource.kind === 'test')
    return resource.hasTerminal
      ? resource.pid === undefined
        ? 'its process does not run'
        : undefined
      : 'its process has no terminal: local_resource(tty=True) gives it one';
  return shellOff(model);
}

/** In the one container there is, or in one that is chosen. */
export function shell(model: Model, isAttach: boolean): Step {
  const resource = selectedResource(model);
  if (isAttach && resource?.hasTerminal) return step(model, { kind: 'attach', resource: resource.name });
  const { cluster } = model.surroundings;
  const items = (resource?.pods ?? []).flatMap(pod => {
    const { context = '', configPath = '' } = cluster ?? {};
    const place: PodPlace = { name: pod.name, namespace: pod.namespace, cluster: { context, configPath } };
    return pod.containers.map(
      (container): MenuItem => ({
        action: { kind: 'shell', pod: place, container: container.name, isAttach },
        title: `${pod.name}  ${container.name}`,
        keys: [],
        off: container.isRunning ? undefined : 'it does not run',
      }),
    );
  });
  const [only] = items;
  if (!resource || !only) return step(withToast(model, 'it has no container yet', 'warn'));
  if (items.length === 1 && only.off === undefined && only.action.kind === 'shell') return step(model, only.action);
  const title = `${isAttach ? 'Attach to' : 'A shell in'} a container of ${resource.name}`;
  return step(openDialog(model, { kind: 'choose', title, items, selected: 0 }));
}

/** Shows CPU and memory of the processes, or no more. */
export function toggleUsage(model: Model): Step {
  const isOn = model.usage === undefined;
  const next = { ...model, usage: isOn ? noUsage : undefined };
  const text = isOn ? 'CPU and memory: of processes every 2 s, of pods every 10 s' : 'Without CPU and memory';
  return step(withToast(next, text), { kind: 'sample-usage', isOn });
}

export function objectsOff(model: Model): string | undefined {
  const resource = selectedResource(model);
  if (!resource) return noTargetReason(model);
  return resource.kind === 'kubernetes' ? undefined : 'it has no objects in a cluster';
}

/** Lists what it has in the cluster, to be looked at. */
export function showObjects(model: Model): Step {
  const name = selectedResource(model)?.name;
  return name === undefined ? step(model) : step(model, { kind: 'list-objects', resource: name });
}
