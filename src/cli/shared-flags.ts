// Flags that several commands have (reference 1.4). Defaults of --host and --port come from the environment.
import { type FlagSpec, parseGoInt } from './flags.ts';

export const defaultWebPort = 10350;

/** On every command. */
export const globalFlags: readonly FlagSpec[] = [
  { name: 'debug', short: 'd', type: 'bool', help: 'Show debug lines' },
  { name: 'klog', type: 'int', default: 0, help: 'Verbosity of Kubernetes API logging (0 is off)' },
  { name: 'verbose', short: 'v', type: 'bool', help: 'Show verbose lines' },
];

export const fileFlag: FlagSpec = {
  name: 'file',
  short: 'f',
  type: 'string',
  default: 'Tiltfile',
  help: 'Path of the Tiltfile',
};

export const kubeFlags: readonly FlagSpec[] = [
  { name: 'context', type: 'string', help: 'Kubernetes context to use instead of the current one' },
  {
    name: 'namespace',
    type: 'string',
    help: 'Namespace for objects that name none, instead of the one of the context',
  },
];

/** For commands that start a session. */
export const serverFlags: readonly FlagSpec[] = [
  {
    name: 'host',
    type: 'string',
    default: 'localhost',
    help: 'Address the HTTP server listens on, and default host of port-forwards (TILT_HOST)',
  },
  {
    name: 'port',
    type: 'int',
    default: defaultWebPort,
    help: 'Port of the HTTP server; 0 switches it off (TILT_PORT)',
  },
];

/** For commands that talk to a session. */
export const connectFlags: readonly FlagSpec[] = [
  { name: 'host', type: 'string', default: 'localhost', help: 'Host of the session to talk to (TILT_HOST)' },
  { name: 'port', type: 'int', default: defaultWebPort, help: 'Port of the session to talk to (TILT_PORT)' },
];

export const webFlags: readonly FlagSpec[] = [
  {
    name: 'web-mode',
    type: 'WebMode',
    default: 'default',
    values: ['default', 'local', 'prod', 'embedded', 'precompiled'],
    help: 'Accepted for compatibility: the page is always the built-in one',
  },
  { name: 'webdev-port', type: 'int', default: 46764, help: 'Accepted for compatibility' },
];

const logFilterFlags: readonly FlagSpec[] = [
  { name: 'log-level', type: 'string', help: 'Print only lines of this level: warn or error' },
  { name: 'log-resource', type: 'strings', help: 'Print only lines of this resource; may be given several times' },
  {
    name: 'log-source',
    type: 'string',
    default: 'all',
    help: 'Print only lines of this source: all, build or runtime',
  },
];

/** Flags of the commands that run a session. */
export const sessionFlags: readonly FlagSpec[] = [
  fileFlag,
  ...kubeFlags,
  ...serverFlags,
  ...webFlags,
  ...logFilterFlags,
  {
    name: 'output-snapshot-on-exit',
    type: 'string',
    help: 'Write a snapshot of the session to this file at the end',
  },
  // What Tilt's developers once read; nothing comes of it.
  { name: 'logactions', type: 'bool', hidden: true, help: 'Accepted for compatibility' },
];

/** The table with defaults from TILT_HOST and TILT_PORT. A TILT_PORT that is no number stops every command. */
export function withEnvDefaults(
  flags: readonly FlagSpec[],
  env: Record<string, string | undefined>,
): readonly FlagSpec[] {
  const host = env['TILT_HOST'];
  const portText = env['TILT_PORT'];
  return flags.map(flag => {
    if (flag.name === 'host' && host) return { ...flag, default: host };
    if (flag.name === 'port' && portText && flag.default !== undefined) return { ...flag, default: envPort(portText) };
    return flag;
  });
}

function envPort(text: string): number {
  return parseGoInt(text) ?? defaultWebPort;
}

/** What is wrong with TILT_PORT, or undefined. */
export function envProblem(env: Record<string, string | undefined>): string | undefined {
  const text = env['TILT_PORT'];
  if (!text || parseGoInt(text) !== undefined) return undefined;
  return `parsing env TILT_PORT: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
}
