// Settings into a connection. Nobody is spoken to yet.
import { type Clock, systemClock } from '../../base/clock.ts';
import { serviceAccountFolder } from '../../domain/kubernetes/cluster-product.ts';
import { frozenKubeconfig } from './frozen-kubeconfig.ts';
import { makeKubeClient } from './kube-client.ts';
import { readKubeSettings } from './kube-settings.ts';
import type { ConnectKube } from './port.ts';

export interface ConnectOptions {
  readonly clock?: Clock;
  /** Where a pod finds its token; the folder that Kubernetes mounts it at by default. */
  readonly serviceAccountFolder?: string;
}

/** A ConnectKube on real clusters. */
export function makeConnectKube(options: ConnectOptions = {}): ConnectKube {
  const { clock = systemClock, serviceAccountFolder: folder = serviceAccountFolder } = options;
  return async request => {
    const settings = await readKubeSettings(request, folder);
    return {
      facts: settings.facts,
      client: makeKubeClient(settings, { clock, env: request.env, onLogin: request.onLogin }),
      frozenKubeconfig: frozenKubeconfig(settings),
    };
  };
}

export const connectKube: ConnectKube = makeConnectKube();
