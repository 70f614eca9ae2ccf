// What an update gives back: the next model and what is to be done outside of it.
import type { Effect } from './effects.ts';
import type { Model } from './model.ts';
import type { Tone } from './theme.ts';

export interface Step {
  readonly model: Model;
  readonly effects: readonly Effect[];
}

export function step(model: Model, ...effects: readonly Effect[]): Step {
  return { model, effects };
}

const toastMs: Readonly<Record<Tone, number>> = { info: 4000, success: 3000, warn: 6000, error: 9000 };

/** Says something in the last line for a few seconds. */
export function withToast(model: Model, text: string, tone: Tone = 'info', link?: string): Model {
  return { ...model, toast: { text, tone, untilMs: model.nowMs + toastMs[tone], link } };
}
