// The files by which other commands find a session: its record, its entry in the kubeconfig, the web token. They are
// written when it starts, written again when somebody removes them, and taken away when it ends.
import { neverAborted } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { Scope } from '../base/disposable.ts';
import { configFiles } from '../state/api-servers.ts';
import { addApiServer, fileForEntries, removeApiServer } from '../state/kubeconfig.ts';
import { keepPresence } from '../state/presence.ts';
import { removeSession, type SessionRecord, sessionFile, writeSession } from '../state/sessions.ts';
import { resolveStateDirectory } from '../state/state-directory.ts';
import { readOrMakeWebToken, webTokenFile } from '../state/web-token.ts';
import type { SessionLog } from './session-log.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionServers } from './session-servers.ts';
import type { Standing } from './standing.ts';

export interface AnnouncementInput {
  readonly options: SessionOptions;
  readonly standing: Standing;
  readonly servers: SessionServers;
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly startedAtMs: number;
}

export class Announcement {
  readonly #input: AnnouncementInput;
  readonly #record: SessionRecord;
  readonly #entryFiles: readonly string[];
  readonly #presence = new Scope();
  readonly #written: Promise<void>;
  #isDetached = false;

  /** Begins to write; that it went wrong is said in the log. */
  constructor(input: AnnouncementInput) {
    const { options, standing, servers, startedAtMs } = input;
    this.#input = input;
    this.#record = {
      ...standing.census.own,
      apiServer: servers.name,
      webPort: options.port,
      webHost: options.host,
      apiPort: 0,
      project: options.tiltfilePath,
      sessionId: standing.sessionId,
      detached: false,
      startedAtMs,
    };
    this.#entryFiles = configFiles(standing.stateDirectory, options.surroundings.env);
    this.#written = this.#write();
    this.#written.then(
      () => this.#watch(false),
      error => {
        this.#fail(error as Error);
        // A disk that was full may have room later.
        this.#watch(true);
      },
    );
  }

  async #write(): Promise<void> {
    const { standing, servers, clock } = this.#input;
    const { stateDirectory, census, places } = standing;
    const { url, port, socketPath } = await servers.api;
    resolveStateDirectory(places);
    if (servers.webToken !== undefined) readOrMakeWebToken(stateDirectory, servers.webToken);
    writeSession(stateDirectory, { ...this.#record, apiPort: port, detached: this.#isDetached });
    const { name, certificate, apiToken } = servers;
    await addApiServer(
      this.#entryFiles,
      { name, server: url, certificateAuthority: certificate, token: apiToken, ...(socketPath ? { socketPath } : {}) },
      { census, clock, signal: neverAborted },
    );
  }

  #fail(error: Error): void {
    this.#input.log.say(`the session cannot be found by other commands: ${error.message}`, 'error');
  }

  #watch(isFailing: boolean): void {
    const { standing, servers, clock, log } = this.#input;
    const { stateDirectory } = standing;
    const files = [sessionFile(stateDirectory, servers.name), fileForEntries(this.#entryFiles)];
    if (servers.webToken !== undefined) files.push(webTokenFile(stateDirectory));
    let hasFailed = isFailing;
    const onLost = (error: Error | undefined): void => {
      if (error) this.#fail(error);
      else log.say(hasFailed ? 'other commands find the session again' : restoredText(stateDirectory), 'warn');
      hasFailed = error !== undefined;
    };
    this.#presence.add(keepPresence({ clock, files, restore: () => this.#write(), onLost, isFailing }));
  }

  /** The session goes on without a screen. */
  async markDetached(): Promise<void> {
    await this.#written;
    this.#isDetached = true;
    const { port } = await this.#input.servers.api;
    writeSession(this.#input.standing.stateDirectory, { ...this.#record, apiPort: port, detached: true });
  }

  /** Nothing is written any more; what was begun is at its end. The files are still there. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#written]);
    this.#presence.dispose();
  }

  /** Takes the files away. */
  async withdraw(): Promise<void> {
    const { standing, servers, clock } = this.#input;
    const lock = { census: standing.census, clock, signal: neverAborted };
    await removeApiServer(this.#entryFiles, servers.name, lock, servers.apiToken).catch(() => {});
    removeSession(standing.stateDirectory, this.#record);
  }
}

function restoredText(stateDirectory: string): string {
  return (
    `files of this session in ${stateDirectory} were removed. They are written again, so that other commands find it; ` +
    'to end a session use `tilt stop` or Ctrl-C'
  );
}
