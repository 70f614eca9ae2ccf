// Places of a Compose file where a text (`"80"`, `${PORT}`) is taken for a number or a bool (Compose specification).
import type { Plain } from '../yaml/plain.ts';

export type Cast = 'int' | 'float' | 'bool';

const service: Readonly<Record<string, Cast>> = {
  cpu_count: 'int',
  cpu_percent: 'float',
  cpu_period: 'int',
  cpu_quota: 'int',
  cpu_rt_period: 'int',
  cpu_rt_runtime: 'int',
  cpus: 'float',
  cpu_shares: 'int',
  init: 'bool',
  'depends_on.*.required': 'bool',
  'depends_on.*.restart': 'bool',
  'deploy.replicas': 'int',
  'deploy.update_config.parallelism': 'int',
  'deploy.update_config.max_failure_ratio': 'float',
  'deploy.rollback_config.parallelism': 'int',
  'deploy.rollback_config.max_failure_ratio': 'float',
  'deploy.restart_policy.max_attempts': 'int',
  'deploy.placement.max_replicas_per_node': 'int',
  'healthcheck.retries': 'int',
  'healthcheck.disable': 'bool',
  oom_kill_disable: 'bool',
  oom_score_adj: 'int',
  pids_limit: 'int',
  'ports.*.target': 'int',
  privileged: 'bool',
  read_only: 'bool',
  scale: 'int',
  stdin_open: 'bool',
  tty: 'bool',
  'ulimits.*': 'int',
  'ulimits.*.hard': 'int',
  'ulimits.*.soft': 'int',
  'volumes.*.read_only': 'bool',
  'volumes.*.volume.nocopy': 'bool',
};

const others: Readonly<Record<string, readonly string[]>> = {
  networks: ['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6'],
  volumes: ['external'],
  secrets: ['external'],
  configs: ['external'],
};

/** Keys that stand for any name one step below them. */
const anyBelow = new Set(['depends_on', 'ulimits', 'ports', 'volumes']);

/** What a text at that place is taken for; undefined: it stays a text. */
export function castAt(place: readonly string[]): Cast | undefined {
  const [section = '', , ...path] = place;
  if (section !== 'services') return path.length === 1 && others[section]?.includes(path[0]!) ? 'bool' : undefined;
  if (path.length === 0) return undefined;
  const pattern = path.map((key, i) => (i === 1 && anyBelow.has(path[0]!) ? '*' : key)).join('.');
  return Object.hasOwn(service, pattern) ? service[pattern] : undefined;
}

/** The value, or why it is none. `warn` is told of bools that YAML 1.2 does not know. */
export function cast(type: Cast, text: string, warn: (text: string) => void): Plain | Error {
  if (type === 'bool') return castBool(text, warn);
  const form = type === 'int' ? /^[-+]?\d+$/ : /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
  const parser = type === 'int' ? 'Atoi' : 'ParseFloat';
  return form.test(text)
    ? Number(text)
    : new Error(`strconv.${parser}: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function castBool(text: string, warn: (text: string) => void): Plain | Error {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  const isTrue = ['y', 'yes', 'on'].includes(word);
  if (!isTrue && !['n', 'no', 'off'].includes(word)) return new Error(`invalid boolean: ${text}`);
  warn(`${JSON.stringify(text)} for boolean is not supported by YAML 1.2, please use \`${isTrue}\``);
  return isTrue;
}
