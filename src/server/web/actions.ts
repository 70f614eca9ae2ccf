// The endpoints that change something. Answers keep the words that Tilt's commands and pages look for (reference 3.22).
import type { ExitChoice } from '../../api/client.ts';
import { buildReason } from '../../api/kinds-internal.ts';
import type { ServerBackend } from '../backend.ts';

export interface Answer {
  readonly code: number;
  readonly text: string;
}

const ok: Answer = { code: 200, text: '' };
const bad = (text: string): Answer => ({ code: 400, text });

type Fields = Readonly<Record<string, unknown>>;

/** What is sent for `run`: the parsed body, or why it cannot be parsed. */
function withJson(body: Buffer, run: (value: unknown) => Answer | Promise<Answer>): Answer | Promise<Answer> {
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return bad(`error parsing JSON payload: ${parseProblem(error, text)}`);
  }
  return run(value);
}

function parseProblem(error: unknown, text: string): string {
  if (text.trim() === '') return 'EOF';
  const message = (error as Error).message;
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  if (at >= text.trimEnd().length || /end of JSON|Unterminated/.test(message)) return 'unexpected EOF';
  return `invalid character ${JSON.stringify(text[at])} at position ${at}`;
}

function namesOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const names = (value as Fields)['manifest_names'] ?? [];
  return Array.isArray(names) && names.every(name => typeof name === 'string') ? names : undefined;
}

const wrongShape = bad('error parsing JSON payload: json: want {"manifest_names": ["name"]}');

/** POST /api/trigger */
export function trigger(backend: ServerBackend, body: Buffer): Answer | Promise<Answer> {
  return withJson(body, value => {
    const names = namesOf(value);
    const reason = (value as Fields | null)?.['build_reason'] ?? 0;
    if (!names || !Number.isInteger(reason)) return wrongShape;
    if (names.length !== 1)
      return bad(`/api/trigger currently supports exactly one manifest name, got ${names.length}`);
    const [name] = names as [string];
    switch (backend.trigger(name, (reason as number) || buildReason.triggerUnknown)) {
      case 'unknown':
        return { code: 404, text: `resource ${JSON.stringify(name)} does not exist` };
      case 'disabled':
        return { code: 200, text: `resource ${JSON.stringify(name)} is currently disabled` };
      default:
        return ok;
    }
  });
}

/** POST /api/override/trigger_mode. Unknown keys are refused. */
export function overrideTriggerMode(backend: ServerBackend, body: Buffer): Answer | Promise<Answer> {
  return withJson(body, value => {
    const names = namesOf(value);
    if (!names) return wrongShape;
    const strange = Object.keys(value as Fields).find(key => key !== 'manifest_names' && key !== 'trigger_mode');
    if (strange !== undefined) return bad(`error parsing JSON payload: json: unknown field ${JSON.stringify(strange)}`);
    const mode = (value as Fields)['trigger_mode'] ?? 0;
    if (typeof mode !== 'number' || ![0, 1, 2, 3].includes(mode)) return bad(`invalid trigger mode: ${String(mode)}`);
    const { unknown } = backend.setTriggerMode(names, mode);
    return unknown === undefined ? ok : bad(`no manifest found with name '${unknown}'`);
  });
}

/** POST /api/set_tiltfile_args */
export function setTiltfileArgs(backend: ServerBackend, body: Buffer): Answer | Promise<Answer> {
  return withJson(body, async value => {
    const args = value ?? [];
    if (!Array.isArray(args) || !args.every(arg => typeof arg === 'string'))
      return bad('error parsing JSON payload: want a list of strings');
    try {
      await backend.setTiltfileArgs(args);
      return ok;
    } catch (error) {
      return { code: 500, text: `error updating apiserver: ${(error as Error).message}` };
    }
  });
}

/** POST /api/analytics: accepted and dropped; nothing is sent home. */
export function countAnalytics(body: Buffer): Answer | Promise<Answer> {
  return withJson(body, value => {
    const isGood = Array.isArray(value) && value.every(item => (item as Fields | null)?.['verb'] === 'incr');
    return isGood ? ok : bad('error parsing payloads: only incr verbs are supported');
  });
}

/** POST /api/analytics_opt: accepted and without effect; there is nothing to opt into. */
export function chooseAnalytics(body: Buffer): Answer | Promise<Answer> {
  return withJson(body, value => {
    const opt = (value as Fields | null)?.['opt'];
    if (opt === 'opt-in' || opt === 'opt-out' || opt === 'default') return ok;
    const shown = typeof opt === 'string' ? opt : '';
    return bad(`error parsing opt '${shown}': unknown analytics opt: ${JSON.stringify(shown)}`);
  });
}

/** The choice that POST /api/exit brings, or why it brings none. */
export function readExitChoice(body: Buffer): ExitChoice | Answer | Promise<Answer> {
  let choice: ExitChoice | undefined;
  const answer = withJson(body, value => {
    const given = (value as Fields | null)?.['choice'];
    if (given === 'keep' || given === 'disable' || given === 'down') choice = given;
    return choice ? ok : bad('choice: want keep, disable or down');
  });
  return choice ?? answer;
}
