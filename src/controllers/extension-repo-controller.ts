// ExtensionRepo objects: brings each repository here, says where it lies, and takes its checkout away when nobody names it
// any more (reference 3.8). A folder of the user's (file://) is only looked at.
import { isDeepStrictEqual } from 'node:util';
import type { Disk } from '../adapters/disk/port.ts';
import { formatTime } from '../api/meta.ts';
import { isCanceled, makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Store } from '../store/port.ts';
import {
  bringHere,
  type Checkout,
  checkoutKey,
  type FetchedRepos,
  headCommit,
  type RepoSpec,
  type RepoSteps,
  removeCheckout,
  repoPlace,
} from '../tiltfile/extension-repo.ts';
import type { HostCommand, HostCommandResult } from '../tiltfile/host-calls.ts';
import type { Controller, ReconcileResult } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface ExtensionRepoDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly disk: Disk;
  readonly logs: LogSink;
  /** Folder of all checkouts. */
  readonly modules: () => string;
  /** What the session has brought up to date, shared with the loads of Tiltfiles. */
  readonly fetched: FetchedRepos;
  /** Runs a command; rejects with Canceled when the signal aborts. */
  readonly run: (command: HostCommand, signal: AbortSignal) => Promise<HostCommandResult>;
}

/** Status of an ExtensionRepo. */
interface RepoStatus {
  readonly path?: string;
  readonly checkoutRef?: string;
  readonly lastFetchedAt?: string;
  readonly error?: string;
  readonly staleReason?: string;
}

interface Track {
  readonly spec: RepoSpec;
  /** The checkout that was used, so that it can be taken away. */
  checkout?: Checkout;
  backoffMs: number;
  retryAtMs: number;
  status: RepoStatus;
}

const firstBackoffMs = 5000;

export class ExtensionRepoController implements Controller, Disposable {
  readonly name = 'extension-repo';
  readonly watches: Controller['watches'] = { ExtensionRepo: name => [name] };
  readonly #deps: ExtensionRepoDeps;
  readonly #tracks = new Map<string, Track>();
  readonly #stopping = makeAbortController();

  constructor(deps: ExtensionRepoDeps) {
    this.#deps = deps;
  }

  /** Ends the commands that run. */
  dispose(): void {
    this.#stopping.abort();
  }

  async reconcile(name: string): Promise<ReconcileResult | undefined> {
    try {
      return await this.#bring(name);
    } catch (error) {
      if (isCanceled(error) || this.#stopping.signal.aborted) return undefined;
      throw error;
    }
  }

  async #bring(name: string): Promise<ReconcileResult | undefined> {
    const { store, clock } = this.#deps;
    const object = store.get('ExtensionRepo', name);
    const spec = object?.spec as RepoSpec | undefined;
    const old = this.#tracks.get(name);
    const isGone = !object || !spec || object.metadata.deletionTimestamp !== undefined;
    if (old && (isGone || !isDeepStrictEqual(old.spec, spec))) {
      this.#tracks.delete(name);
      if (old.checkout) await this.#takeAway(old.checkout);
    }
    if (isGone) return undefined;
    const track: Track = this.#tracks.get(name) ?? { spec, backoffMs: 0, retryAtMs: 0, status: {} };
    this.#tracks.set(name, track);
    const waitMs = track.retryAtMs - clock.now();
    if (waitMs > 0) return { requeueAfterMs: waitMs };
    await this.#look(name, track);
    this.#tell(name, track.status);
    return track.backoffMs > 0 ? { requeueAfterMs: track.backoffMs } : undefined;
  }

  /** Sets the track's status, its checkout and when to try again. */
  async #look(name: string, track: Track): Promise<void> {
    const { disk, fetched, clock } = this.#deps;
    const place = repoPlace(track.spec, this.#deps.modules(), disk);
    track.retryAtMs = 0;
    if (place.kind === 'invalid') track.status = { error: place.error };
    else if (place.kind === 'own') track.status = { lastFetchedAt: this.#changedAt(place.folder), path: place.folder };
    else {
      // A load that brought it here has told all that there is to tell.
      const isNews = !fetched.has(checkoutKey(place));
      const outcome = await this.#run(bringHere(place, disk, fetched));
      if (isNews && outcome.staleReason !== undefined)
        this.#log(`extensionrepo ${name}: may be stale: ${outcome.staleReason}`, 'info');
      if (outcome.said !== undefined) this.#log(outcome.said, 'info');
      if (outcome.isDownloadError) {
        track.backoffMs = track.backoffMs === 0 ? firstBackoffMs : track.backoffMs * 2;
        track.retryAtMs = clock.now() + track.backoffMs;
        const error = outcome.error!.replace('waiting 5s', `waiting ${track.backoffMs / 1000}s`);
        track.status = { error };
        return;
      }
      track.status = outcome.error === undefined ? await this.#found(place, outcome.staleReason) : outcome;
      if (track.status.path !== undefined) track.checkout = place;
    }
    track.backoffMs = 0;
  }

  async #found(place: Checkout, staleReason: string | undefined): Promise<RepoStatus> {
    const head = await this.#run(headCommit(place.folder));
    if ('error' in head) return head;
    return {
      lastFetchedAt: this.#changedAt(place.folder),
      path: place.folder,
      checkoutRef: head.commit,
      ...(staleReason === undefined ? {} : { staleReason }),
    };
  }

  /** Other repositories may name the same checkout, at this or at another version; then it stays. */
  async #takeAway(checkout: Checkout): Promise<void> {
    const { store, disk, fetched } = this.#deps;
    fetched.delete(checkoutKey(checkout));
    const isUsed = store.list('ExtensionRepo').some(object => {
      const place = repoPlace(object.spec as unknown as RepoSpec, this.#deps.modules(), disk);
      return place.kind === 'checkout' && place.folder === checkout.folder;
    });
    if (!isUsed) await this.#run(removeCheckout(checkout.folder, disk));
  }

  #tell(name: string, status: RepoStatus): void {
    const object = this.#deps.store.get('ExtensionRepo', name);
    if (!object) return;
    const { error } = (object.status ?? {}) as RepoStatus;
    this.#deps.store.setStatus('ExtensionRepo', name, { ...status });
    if (status.error !== undefined && status.error !== error)
      this.#log(`extensionrepo ${name}: ${status.error}`, 'error');
  }

  #log(text: string, level: 'info' | 'error'): void {
    this.#deps.logs.span('extensionrepo', '').write(`${text}\n`, level);
  }

  #changedAt(folder: string): string {
    return formatTime(this.#deps.disk.state(folder).changedMs);
  }

  async #run<T>(steps: RepoSteps<T>): Promise<T> {
    let next = steps.next();
    while (!next.done) next = steps.next(await this.#deps.run(next.value, this.#stopping.signal));
    return next.value;
  }
}
