// Live update steps as values, and a list of them as the spec of a LiveUpdate (reference 2.4).
import path from 'node:path';
import type { CommandSpec } from '../api/kinds-internal.ts';
import { contentProblems } from '../api/validation.ts';
import {
  hash,
  jsString,
  reprOf,
  StarlarkObject,
  starlarkString,
  type Thread,
  Tuple,
  typeOf,
  type Value,
} from '../starlark/index.ts';
import { commandText } from './commands.ts';
import { type Evaluation, evaluationOf } from './evaluation.ts';
import { valueOrSequence } from './parameters.ts';
import type { LiveUpdateSpec } from './result.ts';

export type StepAction =
  | { readonly is: 'initial_sync' }
  | { readonly is: 'fall_back_on'; readonly files: readonly string[] }
  | { readonly is: 'sync'; readonly localPath: string; readonly remotePath: string }
  | {
      readonly is: 'run';
      readonly command: CommandSpec | undefined;
      readonly triggers: readonly string[];
      readonly echoOff: boolean;
    }
  | { readonly is: 'restart_container' };

/** What sync(), run() and their siblings give. */
export class LiveUpdateStep extends StarlarkObject {
  readonly typeName: string;
  readonly action: StepAction;
  /** Where it was made: each must be used somewhere. */
  readonly at: string;

  constructor(action: StepAction, at: string) {
    super();
    this.action = action;
    this.at = at;
    this.typeName = `live_update_${action.is}_step`;
  }

  override repr(): string {
    return starlarkString(this.#shown());
  }

  #shown(): string {
    const { action } = this;
    switch (action.is) {
      case 'fall_back_on':
        return `fall_back_on step: [${action.files.join(' ')}]'`;
      case 'sync':
        return `sync step: '${action.localPath}'->'${action.remotePath}'`;
      case 'run': {
        const command = JSON.stringify(commandText(action.command?.args ?? []));
        const triggers = action.triggers.length > 0 ? ` (triggers: ${action.triggers.join('; ')})` : '';
        return `run step: ${command}${triggers}`;
      }
      default:
        return `${action.is} step`;
    }
  }

  override truth(): boolean {
    const { action } = this;
    if (action.is === 'fall_back_on') return action.files.length > 0;
    if (action.is === 'sync') return action.localPath !== '' || action.remotePath !== '';
    return action.is === 'run' ? (action.command?.args.length ?? 0) > 0 : true;
  }

  override hash(): number {
    return hash(new Tuple([starlarkString(this.#shown())]));
  }
}

/** The spec of a list of steps; undefined for none. Throws for steps in a wrong order. */
export function liveUpdateOf(thread: Thread, value: Value | undefined): LiveUpdateSpec | undefined {
  try {
    const steps = valueOrSequence(value ?? null);
    return steps.length === 0 ? undefined : new SpecBuilder(evaluationOf(thread)).build(steps);
  } catch (error) {
    throw new Error(`live_update: ${(error as Error).message}`);
  }
}

class SpecBuilder {
  readonly #evaluation: Evaluation;
  readonly #base: string;
  readonly #stopPaths: string[] = [];
  readonly #syncs: { localPath: string; containerPath: string }[] = [];
  readonly #execs: { args: readonly string[]; triggerPaths?: readonly string[]; echoOff?: boolean }[] = [];
  #hasInitialSync = false;
  #isRestarted = false;
  /** What may not come any more, by what came before. */
  #mayStart = true;
  #mayFallBack = true;
  #maySync = true;
  #mayRun = true;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
    this.#base = evaluation.currentDir;
  }

  build(steps: readonly Value[]): LiveUpdateSpec {
    for (const step of steps) {
      if (!(step instanceof LiveUpdateStep)) {
        throw new Error(
          `'steps' must be a list of live update steps - got value '${jsString(reprOf(step))}' of type '${typeOf(step)}'`,
        );
      }
      this.#add(step.action);
      this.#evaluation.deployment.unusedSteps.delete(step.at);
    }
    const spec: LiveUpdateSpec = {
      basePath: this.#base,
      ...(this.#hasInitialSync ? { initialSync: {} } : {}),
      ...(this.#stopPaths.length > 0 ? { stopPaths: this.#stopPaths } : {}),
      ...(this.#syncs.length > 0 ? { syncs: this.#syncs } : {}),
      ...(this.#execs.length > 0 ? { execs: this.#execs } : {}),
      ...(this.#isRestarted ? { restart: 'always' as const } : {}),
    };
    const problems = contentProblems('LiveUpdate', { spec }).map(({ field, message }) => `${field}: ${message}`);
    if (problems.length > 0) throw new Error(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
    return spec;
  }

  #add(action: StepAction): void {
    switch (action.is) {
      case 'initial_sync':
        if (!this.#mayStart) throw new Error('initial_sync must appear at most once, at the start of the list');
        this.#hasInitialSync = true;
        break;
      case 'fall_back_on':
        if (!this.#mayFallBack) throw new Error('fall_back_on steps must appear at the start of the list');
        this.#stopPaths.push(...action.files.map(file => this.#relative(file)));
        break;
      case 'sync':
        this.#checkLast();
        if (!this.#maySync) throw new Error('all sync steps must precede all run steps');
        this.#mayFallBack = false;
        this.#syncs.push({ localPath: this.#relative(action.localPath), containerPath: action.remotePath });
        break;
      case 'run':
        this.#checkLast();
        this.#mayFallBack = false;
        this.#maySync = false;
        this.#execs.push({
          args: action.command?.args ?? [],
          ...(action.triggers.length > 0 ? { triggerPaths: action.triggers } : {}),
          ...(action.echoOff ? { echoOff: true } : {}),
        });
        break;
      case 'restart_container':
        this.#mayFallBack = false;
        this.#maySync = false;
        this.#mayRun = false;
        this.#isRestarted = true;
        break;
    }
    this.#mayStart = false;
  }

  #checkLast(): void {
    if (!this.#mayRun) throw new Error('restart container is only valid as the last step');
  }

  #relative(file: string): string {
    return path.isAbsolute(file) ? path.relative(this.#base, file) || '.' : file;
  }
}
