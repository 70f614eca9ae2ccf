// Keeps an eye on who else may use the ports of a forwarded pod.
import type { KubeClient, KubeObject } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';
import { isSharedPort } from './shared-port.ts';

export interface PortUsersOptions {
  readonly client: Pick<KubeClient, 'watch'>;
  readonly namespace: string;
  /** Undefined while nothing is known of it, null when it is known that there is none. */
  readonly pod: () => KubeObject | null | undefined;
  /** The answer may be another one. */
  readonly onChange: () => void;
}

export class PortUsers implements Disposable {
  readonly #options: PortUsersOptions;
  readonly #services = new Map<string, KubeObject>();
  readonly #watching: Disposable;
  #areKnown = false;
  /** Nobody may look. */
  #areHidden = false;

  constructor(options: PortUsersOptions) {
    this.#options = options;
    const { client, namespace, onChange } = options;
    this.#watching = client.watch(
      { apiVersion: 'v1', kind: 'Service', namespace },
      {
        onObject: service => {
          this.#services.set(service.metadata.name, service);
          onChange();
        },
        onDeleted: service => void this.#services.delete(service.metadata.name),
        onSynced: () => {
          this.#areKnown = true;
          this.#areHidden = false;
          onChange();
        },
        onProblem: problem => {
          if (!problem || problem.code < 400 || problem.code >= 500) return;
          this.#areHidden = true;
          onChange();
        },
      },
    );
  }

  /** Whether others may talk to that port; undefined while that is being found out. What nobody may see counts as so. */
  has(port: number): boolean | undefined {
    const pod = this.#options.pod();
    if (pod === null || (this.#areHidden && !this.#areKnown)) return true;
    if (!pod) return undefined;
    if (isSharedPort(port, pod, this.#services.values())) return true;
    return this.#areKnown ? false : undefined;
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
