// Spans for the instances of a pod's containers: the first ones share the pod's own, each later one has a span of its own,
// so that its beginning can be found in the log like that of a build.
import type { ContainerStatus } from '../../engine/pod-of-object.ts';
import { endingWords } from '../../engine/pod-words.ts';
import type { LogSink, SpanLog } from '../runtime/span-log.ts';

export interface RestartSpansOptions {
  readonly logs: LogSink;
  readonly resource: string;
  /** Of the pod. */
  readonly spanId: string;
}

export class RestartSpans {
  readonly #options: RestartSpansOptions;
  readonly #own: SpanLog;
  /** By the id of an instance. */
  readonly #byInstance = new Map<string, SpanLog>();
  /** The first instance that was seen of each container. */
  readonly #first = new Map<string, string>();

  constructor(options: RestartSpansOptions) {
    this.#options = options;
    this.#own = options.logs.span(options.spanId, options.resource);
  }

  /** Of the pod itself. */
  get own(): SpanLog {
    return this.#own;
  }

  of(instanceId: string): SpanLog {
    return this.#byInstance.get(instanceId) ?? this.#own;
  }

  /** What the pod says of a container. */
  look({ name, containerID = '', restartCount = 0, lastState }: ContainerStatus): void {
    if (containerID === '' || this.#byInstance.has(containerID)) return;
    const first = this.#first.get(name);
    if (first === undefined) this.#first.set(name, containerID);
    if (first === undefined || first === containerID) return;
    const before = lastState?.terminated;
    // Between two instances the one that ended is both the current and the last.
    const why = before && before.containerID !== containerID ? endingWords({ ...noEnding, ...before }) : '';
    const { logs, spanId, resource } = this.#options;
    // The screen reads it (src/tui/log-sections.ts).
    this.#byInstance.set(containerID, logs.span(`${spanId}:${name}:${restartCount}:${why}`, resource));
  }
}

const noEnding = { startedAt: '', finishedAt: '', reason: '', exitCode: 0 };
