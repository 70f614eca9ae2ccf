// The rows of the details that tell facts: builds and why they ran, commands, pods, tunnels, conditions. Each label stands
// once, before its first row.
import { clockTime, shortAge } from '../ages.ts';
import type { BuildFact, ForwardFact, PodFact, ResourceFacts } from '../resource-facts.ts';
import type { Theme } from '../theme.ts';
import type { Span } from './spans.ts';

/** A labelled part of the details: rows of text that may be wrapped. */
export interface DetailSection {
  readonly label: string;
  readonly rows: readonly (readonly Span[])[];
}

export interface FactsContext {
  readonly theme: Theme;
  readonly nowMs: number;
  /** Folder that files are shown relative to. */
  readonly folder: string;
  /** The error that stands above already. */
  readonly said: string;
}

const maxFiles = 3;
const maxObjects = 12;

export function factSections(facts: ResourceFacts, at: FactsContext): DetailSection[] {
  const { theme } = at;
  const text = (value: string): Span[] => [{ text: value, style: theme.ui.text }];
  const list = (label: string, names: readonly string[]): DetailSection => ({
    label,
    rows: names.length === 0 ? [] : [text(names.join(', '))],
  });
  const sections: DetailSection[] = [
    { label: 'builds', rows: facts.builds.map(build => buildSpans(build, at)) },
    ...facts.commands.map(({ what, text: command }) => ({ label: what, rows: [text(command)] })),
    { label: 'folder', rows: facts.commands[0] ? [text(shortPath(facts.commands[0].dir, at.folder) || '.')] : [] },
    { label: 'process', rows: facts.pid ? [text(`pid ${facts.pid}`)] : [] },
    { label: facts.pods.length > 1 ? 'pods' : 'pod', rows: facts.pods.flatMap(pod => podRows(pod, at)) },
    { label: 'tunnels', rows: facts.forwards.map(forward => forwardSpans(forward, at)) },
    list('depends on', facts.dependsOn),
    list('needed by', facts.neededBy),
    list('images', facts.images),
    list('objects', shorten(facts.objects)),
    { label: 'conditions', rows: facts.conditions.map(condition => text(conditionText(condition, at.nowMs))) },
  ];
  return sections.filter(section => section.rows.length > 0);
}

function shorten(names: readonly string[]): readonly string[] {
  return names.length <= maxObjects ? names : [...names.slice(0, maxObjects), `${names.length - maxObjects} more`];
}

/** A file as people say it: relative to the project where it is in it. */
export function shortPath(file: string, folder: string): string {
  if (file === folder) return '.';
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

export function durationText(tookMs: number): string {
  if (tookMs < 100) return `${Math.round(tookMs)} ms`;
  return tookMs < 60_000 ? `${(tookMs / 1000).toFixed(1)}s` : shortAge(tookMs);
}

function buildSpans(build: BuildFact, { theme, nowMs, folder }: FactsContext): Span[] {
  const { tookMs, error, isCanceled } = build;
  const [look, how] =
    tookMs === undefined
      ? ([theme.status.building, `runs ${shortAge(nowMs - build.startedMs)}`] as const)
      : isCanceled
        ? ([theme.status.manual, 'stopped'] as const)
        : error
          ? ([theme.status.error, `failed, ${durationText(tookMs)}`] as const)
          : ([theme.status.done, durationText(tookMs)] as const);
  const files = build.files.slice(0, maxFiles).map(file => shortPath(file, folder));
  const more = build.files.length > maxFiles ? ` and ${build.files.length - maxFiles} more` : '';
  const why = files.length > 0 ? `${files.join(', ')}${more}` : build.why.join(', ');
  const glyph = tookMs === undefined ? theme.glyphs.closed : look.glyph;
  return [
    { text: `${glyph} `, style: look.style },
    { text: clockTime(build.startedMs), style: theme.ui.muted },
    { text: `  ${how}`, style: theme.ui.text },
    ...(why ? [{ text: `  because of ${why}`, style: theme.ui.muted }] : []),
  ];
}

function podRows(pod: PodFact, { theme, nowMs, said }: FactsContext): Span[][] {
  const age = pod.createdMs === undefined ? '' : `  ${shortAge(nowMs - pod.createdMs)}`;
  const ending = pod.isDeleting ? '  ends' : '';
  const head = [
    { text: pod.name, style: theme.ui.text },
    { text: `  ${pod.status}${age}${ending}`, style: theme.ui.muted },
  ];
  const containers = pod.containers.map(({ name, state, isReady, restarts, image }) => {
    const look = isReady ? theme.status.ok : theme.status.starting;
    const often = restarts > 0 ? `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : '';
    return [
      { text: `  ${look.glyph} `, style: look.style },
      { text: name, style: theme.ui.text },
      { text: `  ${state}${often}  ${image}`, style: theme.ui.muted },
    ];
  });
  const unsaid = pod.errors.filter(error => !said.includes(error.trim()));
  const errors = unsaid.map(error => [{ text: `  ${error}`, style: theme.log.error }]);
  return [head, ...containers, ...errors];
}

function forwardSpans({ localPort, containerPort, error }: ForwardFact, { theme }: FactsContext): Span[] {
  const way = `localhost:${localPort} to ${containerPort}`;
  return error ? [{ text: `${way} is down: ${error}`, style: theme.log.error }] : [{ text: way, style: theme.ui.text }];
}

const conditionWords: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  UpToDate: ['up to date', 'not up to date'],
  Ready: ['ready', 'not ready'],
};

function conditionText({ type, isTrue, sinceMs, why }: ResourceFacts['conditions'][number], nowMs: number): string {
  const [yes, no] = conditionWords[type] ?? [type, `not ${type}`];
  const since = sinceMs === undefined ? '' : ` for ${shortAge(nowMs - sinceMs)}`;
  return `${isTrue ? yes : no}${since}${why && !isTrue ? `: ${why}` : ''}`;
}
