// Settings of the session (reference 2.8). What once sent data home is accepted and says once that it does nothing.
import { mainTiltfile } from '../../api/meta.ts';
import { goDurationProblem, parseGoDuration } from '../../base/go-duration.ts';
import { version } from '../../base/version.ts';
import { builtin, jsString, None, type Thread, typeOf, type Value } from '../../starlark/index.ts';
import { commandOf, commandText } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { callbackProblem } from '../exit-callback.ts';
import { snapshotNameProblem } from '../exit-settings.ts';
import { goTypeName } from '../go-types.ts';
import { stringOrStrings } from '../parameter-lists.ts';
import { stringMap } from '../parameters.ts';
import { isInRange } from '../version-range.ts';

function optionalInt(where: string, value: Value | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'number') throw new Error(`${where}got ${goTypeName(value)}, want int`);
  return value;
}

const updateSettings = defineBuiltin(
  'update_settings',
  [
    { name: 'max_parallel_updates', optional: true },
    { name: 'k8s_upsert_timeout_secs', optional: true },
    {
      name: 'suppress_unused_image_warnings',
      unpack: (value: Value) => (value === null ? undefined : stringOrStrings(value)),
      optional: true,
    },
    { name: 'k8s_server_side_apply', type: 'string', optional: true },
  ],
  (thread, args) => {
    const { settings } = evaluationOf(thread);
    // Tilt looks at these two when all others are taken.
    const given = (name: 'max_parallel_updates' | 'k8s_upsert_timeout_secs'): number | undefined =>
      optionalInt(`update_settings: for parameter "${name}": `, args[name]);
    const most = given('max_parallel_updates');
    const seconds = given('k8s_upsert_timeout_secs');
    const { k8s_server_side_apply: apply } = args;
    if (most !== undefined && most < 1) throw new Error(`max number of parallel updates must be >= 1(got: ${most})`);
    if (seconds !== undefined && seconds < 1) throw new Error(`minimum k8s upsert timeout is 1s; got ${seconds}s`);
    if (apply !== undefined && apply !== '' && apply !== 'true' && apply !== 'false' && apply !== 'auto') {
      throw new Error(
        `update_settings: k8s_server_side_apply must be "true", "false", or "auto"; got ${JSON.stringify(apply)}`,
      );
    }
    const suppress = args.suppress_unused_image_warnings;
    settings.update = {
      maxParallelUpdates: most ?? settings.update.maxParallelUpdates,
      k8sUpsertTimeoutMs: seconds === undefined ? settings.update.k8sUpsertTimeoutMs : seconds * 1000,
      suppressUnusedImageWarnings: suppress
        ? [...settings.update.suppressUnusedImageWarnings, ...suppress]
        : settings.update.suppressUnusedImageWarnings,
      k8sServerSideApply: apply || settings.update.k8sServerSideApply,
    };
    return None;
  },
);

function duration(value: Value): number {
  if (typeof value !== 'string') throw new Error(`Expected string. Got: ${typeOf(value)}`);
  const text = jsString(value);
  const ms = parseGoDuration(text);
  if (ms === undefined) throw new Error(goDurationProblem(text));
  return ms;
}

const ciSettings = defineBuiltin(
  'ci_settings',
  [
    { name: 'k8s_grace_period', unpack: duration, optional: true },
    { name: 'timeout', unpack: duration, optional: true },
    { name: 'readiness_timeout', unpack: duration, optional: true },
  ],
  (thread, args) => {
    const { settings } = evaluationOf(thread);
    settings.ci = {
      ...settings.ci,
      ...(args.k8s_grace_period === undefined ? {} : { k8sGracePeriodMs: args.k8s_grace_period }),
      ...(args.timeout === undefined ? {} : { timeoutMs: args.timeout }),
      ...(args.readiness_timeout === undefined ? {} : { readinessTimeoutMs: args.readiness_timeout }),
    };
    return None;
  },
);

const dockerPruneSettings = defineBuiltin(
  'docker_prune_settings',
  [
    { name: 'disable', type: 'bool', default: false },
    { name: 'max_age_mins', type: 'int', default: 0 },
    { name: 'num_builds', type: 'int', default: 0 },
    { name: 'interval_hrs', type: 'int', default: 0 },
    { name: 'keep_recent', optional: true },
  ],
  (thread, args) => {
    const { keep_recent: keepRecent } = args;
    if (keepRecent !== undefined && typeof keepRecent !== 'number')
      throw new Error(`got ${typeOf(keepRecent)}, want int`);
    if (args.num_builds !== 0 && args.interval_hrs !== 0) {
      throw new Error(
        "can't specify both 'prune every X builds' and 'prune every Y hours'; please pass only one of `num_builds` and `interval_hrs`",
      );
    }
    const { settings } = evaluationOf(thread);
    const old = settings.dockerPrune;
    settings.dockerPrune = {
      enabled: !args.disable,
      maxAgeMs: args.max_age_mins !== 0 ? args.max_age_mins * 60_000 : old.maxAgeMs,
      numBuilds: args.num_builds,
      intervalMs: args.interval_hrs !== 0 ? args.interval_hrs * 3_600_000 : old.intervalMs,
      keepRecent: keepRecent ?? old.keepRecent,
    };
    return None;
  },
);

const versionSettings = defineBuiltin(
  'version_settings',
  [
    { name: 'check_updates', type: 'bool', optional: true },
    { name: 'constraint', type: 'string', default: '' },
  ],
  (thread, args) => {
    const { settings } = evaluationOf(thread);
    if (args.constraint !== '') {
      if (!isWanted(args.constraint)) {
        throw new Error(
          `you are running Tilt version ${version}, which doesn't match the version constraint specified in your Tiltfile: '${args.constraint}'`,
        );
      }
    }
    settings.version = {
      checkUpdates: args.check_updates ?? settings.version.checkUpdates,
      constraint: args.constraint || settings.version.constraint,
    };
    return None;
  },
);

function isWanted(constraint: string): boolean {
  try {
    return isInRange(version, constraint);
  } catch (error) {
    throw new Error(`error parsing version constraint: ${(error as Error).message}`);
  }
}

const watchSettings = defineBuiltin(
  'watch_settings',
  [{ name: 'ignore', unpack: stringOrStrings, default: [] as string[] }],
  (thread, { ignore }) => {
    const evaluation = evaluationOf(thread);
    if (ignore.length > 0) evaluation.watchIgnores.push({ basePath: evaluation.currentDir, patterns: ignore });
    return None;
  },
);

const secretSettings = defineBuiltin('secret_settings', [{ name: 'disable_scrub', type: 'bool' }], (thread, args) => {
  evaluationOf(thread).settings.scrubSecrets = !args.disable_scrub;
  return None;
});

// Nothing is ever sent home: what follows keeps what was said for who asks for the result, does nothing, and says so once.

function sayNothingIsSent(thread: Thread): void {
  const evaluation = evaluationOf(thread);
  // Who only asks for the result wants what Tilt would say of it.
  if (!['up', 'ci'].includes(evaluation.deps.request.subcommand)) return;
  evaluation.sayOnce('Settings of analytics, teams and telemetry do nothing here: nothing is ever sent home');
}

const analyticsSettings = defineBuiltin('analytics_settings', [{ name: 'enable', type: 'bool' }], (thread, args) => {
  evaluationOf(thread).settings.analytics = args.enable ? 'in' : 'out';
  sayNothingIsSent(thread);
  return None;
});

const analyticsReport = defineBuiltin(
  'experimental_analytics_report',
  [{ name: 'tags', unpack: stringMap }],
  thread => {
    sayNothingIsSent(thread);
    return None;
  },
);

const telemetryCmd = defineBuiltin(
  'experimental_telemetry_cmd',
  [
    { name: 'cmd' },
    { name: 'cmd_bat', optional: true },
    { name: 'period', unpack: duration, default: 0 },
    { name: 'dir', optional: true },
  ],
  (thread, args) => {
    const { settings, currentDir } = evaluationOf(thread);
    const command = commandOf(thread, args.cmd, { dir: args.dir, env: {} });
    if (!command) throw new Error('cmd cannot be empty');
    if (settings.telemetry) {
      const shown = commandText(settings.telemetry.command.args);
      throw new Error(`experimental_telemetry_cmd called multiple times; already set to ${shown}`);
    }
    settings.telemetry = { command, workdir: currentDir, ...(args.period === 0 ? {} : { periodMs: args.period }) };
    sayNothingIsSent(thread);
    return None;
  },
);

const metricsSettings = builtin('experimental_metrics_settings', thread => {
  evaluationOf(thread).warn('experimental_metrics_settings() is deprecated');
  return None;
});

const setTeam = defineBuiltin('set_team', [{ name: 'team_id', type: 'string' }], (thread, { team_id: teamId }) => {
  const { settings } = evaluationOf(thread);
  if (teamId === '') throw new Error('team_id cannot be empty');
  if (settings.teamId !== '') throw new Error(`team_id set multiple times (to '${settings.teamId}' and '${teamId}')`);
  settings.teamId = teamId;
  sayNothingIsSent(thread);
  return None;
});

const activeFlags: Record<string, boolean> = { snapshots: true, cluster_refresh: false };
const obsoleteFlags = new Set([
  'multiple_containers_per_pod',
  'events',
  'update_history',
  'facets',
  'labels',
  'live_update_v2',
  'disable_resources',
  'bulk_disable_resources',
  'offline_snapshot_creation',
]);

function setFlag(evaluation: Evaluation, name: string, isOn: boolean): Value {
  if (obsoleteFlags.has(name)) {
    evaluation.warn(`Obsolete feature flag: ${name}. Please remove this call from your Tiltfile.`);
    return None;
  }
  if (!Object.hasOwn(activeFlags, name)) throw new Error(`Unknown feature flag: ${name}`);
  evaluation.settings.featureFlags = { ...evaluation.settings.featureFlags, [name]: isOn };
  return None;
}

const enableFeature = defineBuiltin('enable_feature', [{ name: 'msg', type: 'string' }], (thread, { msg }) =>
  setFlag(evaluationOf(thread), msg, true),
);
const disableFeature = defineBuiltin('disable_feature', [{ name: 'msg', type: 'string' }], (thread, { msg }) =>
  setFlag(evaluationOf(thread), msg, false),
);
const disableSnapshots = defineBuiltin('disable_snapshots', [], thread =>
  setFlag(evaluationOf(thread), 'snapshots', false),
);

const exitSettings = defineBuiltin(
  'exit_settings',
  [
    { name: 'down', type: 'bool', optional: true },
    { name: 'disable', type: 'bool', optional: true },
    { name: 'delete_namespaces', type: 'bool', optional: true },
    { name: 'callback', type: ['callable', 'NoneType'], optional: true },
    { name: 'snapshot', type: ['bool', 'string'], optional: true },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const { callback } = args;
    const snapshot = typeof args.snapshot === 'string' ? jsString(args.snapshot) : args.snapshot;
    const problem =
      (typeof snapshot === 'string' ? snapshotNameProblem(snapshot) : undefined) ??
      (callback ? callbackProblem(callback) : undefined);
    if (problem !== undefined) throw new Error(`exit_settings: ${problem}`);
    if (evaluation.deps.request.name !== mainTiltfile) {
      evaluation.sayOnce('exit_settings counts in the main Tiltfile and in what it loads; this one runs by itself');
      return None;
    }
    if (callback !== undefined) evaluation.exitCallback = callback ?? undefined;
    const { settings } = evaluation;
    settings.exit = {
      ...settings.exit,
      ...(args.down === undefined ? {} : { down: args.down }),
      ...(args.disable === undefined ? {} : { disable: args.disable }),
      ...(args.delete_namespaces === undefined ? {} : { deleteNamespaces: args.delete_namespaces }),
      ...(callback === undefined ? {} : { hasCallback: callback !== null }),
      ...(snapshot === undefined ? {} : { snapshot }),
    };
    return None;
  },
);

/** Names of this topic. */
export function settingsBuiltins(): Record<string, Value> {
  return {
    update_settings: updateSettings,
    ci_settings: ciSettings,
    docker_prune_settings: dockerPruneSettings,
    version_settings: versionSettings,
    watch_settings: watchSettings,
    secret_settings: secretSettings,
    analytics_settings: analyticsSettings,
    experimental_analytics_report: analyticsReport,
    experimental_telemetry_cmd: telemetryCmd,
    experimental_metrics_settings: metricsSettings,
    set_team: setTeam,
    enable_feature: enableFeature,
    disable_feature: disableFeature,
    disable_snapshots: disableSnapshots,
    exit_settings: exitSettings,
  };
}
