// The two listeners of a session: the API over TLS, and the web port.
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { makeBearerToken, startApiServer } from '../server/api-server.ts';
import type { ServerBackend } from '../server/backend.ts';
import { loadOrMakeCertificate } from '../server/certificate.ts';
import type { Listener } from '../server/listener.ts';
import { startWebServer } from '../server/web-server.ts';
import { apiServerName } from '../state/api-servers.ts';
import { makeSocketPlace } from '../state/sessions.ts';
import { readOrMakeWebToken } from '../state/web-token.ts';
import type { SessionOptions } from './session-options.ts';
import type { Standing } from './standing.ts';

export interface SessionServers {
  /** `tilt-default`, `tilt-10351` */
  readonly name: string;
  /** What the API server is called by: its certificate and its token. */
  readonly certificate: string;
  readonly apiToken: string;
  /** Rejects when it cannot listen. */
  readonly api: ReturnType<typeof startApiServer>;
  /** The person's token for the web port; undefined where that is off. */
  readonly webToken: string | undefined;
  close(): Promise<void>;
}

export interface ServersInput {
  readonly options: SessionOptions;
  readonly standing: Standing;
  readonly backend: ServerBackend;
  readonly clock: Clock;
  readonly startedAtMs: number;
}

/** Resolves when the web port listens. Rejects with PortInUseError or ListenError, and then nothing listens. */
export async function startServers({
  options,
  standing,
  backend,
  clock,
  startedAtMs,
}: ServersInput): Promise<SessionServers> {
  const { host, port, surroundings } = options;
  const name = apiServerName(port);
  const apiToken = makeBearerToken();
  const certificate = loadOrMakeCertificate(path.join(standing.directories.cache, 'certs'), name, startedAtMs);
  // Sessions without a web port share their name.
  const socketPath = port === 0 ? undefined : makeSocketPlace(standing.stateDirectory, name);
  const api = startApiServer({ store: backend.store, clock, certificate, token: apiToken, socketPath });
  // Its failure is told where it is waited for.
  api.catch(() => {});
  let web: Listener | undefined;
  let webToken: string | undefined;
  const close = async (): Promise<void> => {
    await Promise.allSettled([web?.close(), api.then(server => server.close())]);
  };
  if (port !== 0) {
    try {
      webToken = readOrMakeWebToken(standing.stateDirectory);
      web = await startWebServer({
        backend,
        clock,
        host,
        port,
        token: webToken,
        isAuthDisabled: () => surroundings.env['TILT_DISABLE_HUD_AUTH'] === '1',
        apiServer: { handle: async (request, response, at) => (await api).handle(request, response, at) },
      });
    } catch (error) {
      await close();
      throw error;
    }
  }
  return { name, certificate: certificate.certificate, apiToken, api, webToken, close };
}
