// What a session may not do in its cluster is said once for each right, and it goes on without it.
import type { KubeError } from '../../adapters/kube/port.ts';
import { mainTiltfile } from '../../api/meta.ts';
import type { LogSink } from '../runtime/span-log.ts';

export class MissingRights {
  readonly #logs: LogSink;
  readonly #told = new Set<string>();

  constructor(logs: LogSink) {
    this.#logs = logs;
  }

  /** `loss` says what the session goes without. */
  tell(error: KubeError, loss: string): void {
    if (this.#told.has(error.message)) return;
    this.#told.add(error.message);
    this.#logs.span('cluster', mainTiltfile).write(`${error.message}\n${loss}\n`, 'warn');
  }
}
