// The objects that every session has before its Tiltfile has run: the Tiltfile, its row and its button, and the session's
// own two.
import { apiVersion, formatTime, mainTiltfile, type OwnerReference } from '../api/meta.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import { buildDate, version } from '../base/version.ts';
import { sessionName } from '../controllers/session-controller.ts';
import type { Store } from '../store/port.ts';

export interface SessionObjectsInput {
  /** Absolute. */
  readonly tiltfilePath: string;
  readonly tiltfileArgs: readonly string[];
  readonly exitCondition: 'manual' | 'ci';
  readonly startedAtMs: number;
  readonly ciTimeoutMs: number;
}

/** How long `tilt ci` waits for servers to be ready, unless the Tiltfile says otherwise (reference 4.13). */
export const defaultReadinessTimeoutMs = 5 * 60_000;

/** Creates them in an empty store. */
export function makeSessionObjects(store: Store, input: SessionObjectsInput): void {
  const owner = makeTiltfile(store, input);
  makeTiltfileRow(store, owner);
  makeStopButton(store, owner);
  makeSession(store, input, owner);
  makeUiSession(store, input);
}

function makeTiltfile(store: Store, { tiltfilePath, tiltfileArgs }: SessionObjectsInput): OwnerReference {
  const tiltfile = store.create('Tiltfile', {
    apiVersion,
    kind: 'Tiltfile',
    metadata: { name: mainTiltfile },
    spec: {
      path: tiltfilePath,
      ...(tiltfileArgs.length > 0 ? { args: tiltfileArgs } : {}),
      restartOn: { fileWatches: [`configs:${mainTiltfile}`] },
      stopOn: { uiButtons: [`${mainTiltfile}-stopbuild`] },
    },
  });
  const { uid } = tiltfile.metadata;
  return { apiVersion, kind: 'Tiltfile', name: mainTiltfile, uid: uid!, controller: true, blockOwnerDeletion: true };
}

/** Metadata of what belongs to the Tiltfile. */
function owned(name: string, owner: OwnerReference) {
  return { name, annotations: { 'tilt.dev/resource': mainTiltfile }, ownerReferences: [owner] };
}

function makeTiltfileRow(store: Store, owner: OwnerReference): void {
  store.create('UIResource', { apiVersion, kind: 'UIResource', metadata: owned(mainTiltfile, owner), spec: {} });
  store.setStatus('UIResource', mainTiltfile, {
    order: 1,
    runtimeStatus: 'not_applicable',
    updateStatus: 'pending',
    disableStatus: { state: 'Enabled' },
  });
}

function makeStopButton(store: Store, owner: OwnerReference): void {
  const metadata = owned(`${mainTiltfile}-stopbuild`, owner);
  store.create('UIButton', {
    apiVersion,
    kind: 'UIButton',
    metadata: { ...metadata, annotations: { ...metadata.annotations, 'tilt.dev/uibutton-type': 'StopBuild' } },
    spec: {
      location: { componentID: mainTiltfile, componentType: 'Resource' },
      text: 'Stop Build',
      iconName: 'cancel',
    },
  });
}

function makeSession(store: Store, input: SessionObjectsInput, owner: OwnerReference): void {
  const { tiltfilePath, exitCondition, ciTimeoutMs } = input;
  store.create('Session', {
    apiVersion,
    kind: 'Session',
    metadata: owned(sessionName, owner),
    spec: {
      tiltfilePath,
      exitCondition,
      ci: { timeout: formatGoDuration(ciTimeoutMs), readinessTimeout: formatGoDuration(defaultReadinessTimeoutMs) },
    },
  });
}

function makeUiSession(store: Store, { tiltfilePath, startedAtMs }: SessionObjectsInput): void {
  store.create('UISession', { apiVersion, kind: 'UISession', metadata: { name: sessionName }, spec: {} });
  store.setStatus('UISession', sessionName, {
    needsAnalyticsNudge: false,
    runningTiltBuild: { version, date: buildDate },
    versionSettings: { checkUpdates: true },
    tiltStartTime: formatTime(startedAtMs),
    tiltfileKey: tiltfilePath,
    featureFlags: [],
  });
}
