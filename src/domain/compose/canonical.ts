// The long form of a Compose service: short ways of writing ports, volumes, commands and the rest are spelled out, so that
// files can be merged and services compared (Compose specification).
import path from 'node:path';
import { formatGoDuration, parseGoDuration } from '../../base/go-duration.ts';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { splitWords } from './words.ts';

type Rule = (value: Plain) => Plain;

/** A text for a scalar. */
export function scalarText(value: Plain): string {
  return value === null ? '' : String(value);
}

function texts(value: Plain): Plain {
  return Array.isArray(value) ? value.map(scalarText) : [scalarText(value)];
}

/** `A=1` in a list, or a map; a key without a value is null. */
function keyValues(value: Plain): Plain {
  const map: PlainMap = {};
  if (Array.isArray(value)) {
    for (const item of value) {
      const text = scalarText(item);
      const equals = text.indexOf('=');
      if (equals < 0) setKey(map, text, null);
      else setKey(map, text.slice(0, equals), text.slice(equals + 1));
    }
    return map;
  }
  if (!isMap(value)) return value;
  for (const [key, item] of Object.entries(value)) setKey(map, key, item === null ? null : scalarText(item));
  return map;
}

/** Labels have texts only. */
function labels(value: Plain): Plain {
  const map = keyValues(value);
  if (isMap(map)) for (const key of Object.keys(map)) map[key] = scalarText(map[key]!);
  return map;
}

function command(value: Plain): Plain {
  if (value === null) return null;
  return Array.isArray(value) ? value.map(scalarText) : splitWords(scalarText(value));
}

function nullMap(value: Plain): Plain {
  if (!Array.isArray(value)) return value;
  const map: PlainMap = {};
  for (const item of value) setKey(map, scalarText(item), null);
  return map;
}

function dependsOn(value: Plain): Plain {
  const map: PlainMap = {};
  const given = Array.isArray(value) ? (nullMap(value) as PlainMap) : isMap(value) ? value : {};
  for (const [name, item] of Object.entries(given)) {
    const options = isMap(item) ? item : {};
    setKey(map, name, { condition: 'service_started', required: true, ...options });
  }
  return map;
}

function build(value: Plain): Plain {
  const given: PlainMap = isMap(value) ? { ...value } : { context: scalarText(value) };
  for (const [key, rule] of Object.entries(buildRules)) {
    const item = getKey(given, key);
    if (item !== undefined) given[key] = rule(item);
  }
  return given;
}

const buildRules: Readonly<Record<string, Rule>> = {
  args: keyValues,
  labels,
  cache_from: texts,
  cache_to: texts,
  tags: texts,
  platforms: texts,
  extra_hosts: extraHosts,
  additional_contexts: keyValues,
  secrets: value => secretList(value),
  shm_size: bytes,
};

function extraHosts(value: Plain): Plain {
  if (isMap(value))
    return Object.entries(value).flatMap(([host, ip]) =>
      (Array.isArray(ip) ? ip : [ip]).map(item => `${host}=${scalarText(item)}`),
    );
  if (!Array.isArray(value)) return value;
  return value.map(item => scalarText(item).replace(/^([^=:]+)[=:](.*)$/, '$1=$2'));
}

function healthcheck(value: Plain): Plain {
  if (!isMap(value)) return value;
  const check = { ...value };
  const test = getKey(check, 'test');
  if (typeof test === 'string') check['test'] = ['CMD-SHELL', test];
  if (check['disable'] === false) delete check['disable'];
  for (const key of ['interval', 'timeout', 'start_period', 'start_interval']) {
    const given = getKey(check, key);
    if (given !== undefined && given !== null) check[key] = duration(given);
  }
  return check;
}

function envFiles(value: Plain): Plain {
  return (Array.isArray(value) ? value : [value]).map(item => {
    if (!isMap(item)) return { path: scalarText(item) };
    const { required, ...rest } = item;
    return required === false ? { ...rest, required } : rest;
  });
}

function secretList(value: Plain, target?: (source: string) => string): Plain {
  if (!Array.isArray(value)) return value;
  return value.map(item => {
    const map: PlainMap = isMap(item) ? { ...item } : { source: scalarText(item) };
    if (target && map['target'] === undefined) map['target'] = target(scalarText(map['source'] ?? null));
    // Modes are written as people write them.
    if (typeof map['mode'] === 'number') map['mode'] = `0${map['mode'].toString(8)}`;
    return map;
  });
}

/** `3000`, `8080:80`, `127.0.0.1:9000-9002:9000-9002/udp`: one entry for each port. */
function ports(value: Plain): Plain {
  if (!Array.isArray(value)) return value;
  return value.flatMap(item => {
    if (isMap(item)) {
      const { published, target, ...rest } = item;
      return [
        {
          mode: 'ingress',
          protocol: 'tcp',
          ...rest,
          ...(target === undefined ? {} : { target: Number(target) }),
          ...(published === undefined ? {} : { published: scalarText(published) }),
        },
      ];
    }
    return shortPorts(scalarText(item));
  });
}

function uniquePorts(value: Plain): Plain {
  const all = ports(value);
  if (!Array.isArray(all)) return all;
  return [
    ...new Map(all.map(port => [JSON.stringify(isMap(port) ? Object.entries(port).sort() : port), port])).values(),
  ];
}

const mostPort = 65_535;

function shortPorts(text: string): PlainMap[] {
  const [address = '', protocol = 'tcp'] = text.split('/');
  // Addresses have colons of their own: the last two parts are ports.
  const parts = address.split(':');
  const container = parts.at(-1)!;
  const given = parts.at(-2) ?? '';
  const host = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[(.*)\]$/, '$1');
  if (container === '') throw new Error(`no port specified: ${text}<empty>`);
  const [first, last] = portRange(container, 'containerPort');
  const [from, to] = given === '' ? [undefined, undefined] : portRange(given, 'hostPort');
  const isOneFromMany = from !== undefined && first === last && to! > from;
  if (from !== undefined && to! - from !== last - first && !isOneFromMany)
    throw new Error(`invalid ranges specified for container and host Ports: ${container} and ${given}`);
  const found: PlainMap[] = [];
  for (let port = first; port <= last; port++) {
    const published = from === undefined ? '' : isOneFromMany ? `${from}-${to}` : String(from + port - first);
    found.push({
      mode: 'ingress',
      ...(host === '' ? {} : { host_ip: host }),
      target: port,
      ...(published === '' ? {} : { published }),
      protocol,
    });
  }
  return found;
}

function portRange(text: string, what: string): [number, number] {
  const [from = '', to = from] = text.split('-');
  for (const port of [from, to])
    if (!/^\d+$/.test(port) || Number(port) > mostPort) throw new Error(`invalid ${what}: ${text}`);
  return [Number(from), Number(to)];
}

function volumes(value: Plain): Plain {
  return Array.isArray(value)
    ? value.map(item => (isMap(item) ? longVolume(item) : shortVolume(scalarText(item))))
    : value;
}

function longVolume(volume: PlainMap): PlainMap {
  const target = getKey(volume, 'target');
  const tmpfs = getKey(volume, 'tmpfs');
  const size = isMap(tmpfs) ? getKey(tmpfs, 'size') : undefined;
  return {
    ...volume,
    ...(isMap(tmpfs) && size !== undefined ? { tmpfs: { ...tmpfs, size: bytes(size) } } : {}),
    ...(typeof target === 'string' ? { target: path.posix.normalize(target).replace(/(.)\/$/, '$1') } : {}),
  };
}

/** `./src:/app:ro`, `data:/data`, `/anonymous`. */
function shortVolume(text: string): PlainMap {
  const parts = text.split(':');
  const clean = (target: string): string => path.posix.normalize(target).replace(/(.)\/$/, '$1');
  if (parts.length === 1) return { type: 'volume', target: clean(parts[0]!) };
  const [source = '', target = '', modes = ''] = parts;
  const isPath = /^[./~]/.test(source);
  const volume: PlainMap = { type: isPath ? 'bind' : 'volume', source, target: clean(target) };
  const bind: PlainMap = {};
  const named: PlainMap = {};
  for (const mode of modes.split(',')) {
    if (mode === 'ro') volume['read_only'] = true;
    else if (mode === 'z' || mode === 'Z') bind['selinux'] = mode;
    else if (mode === 'nocopy') named['nocopy'] = true;
    else if (/^r?(shared|slave|private)$/.test(mode)) bind['propagation'] = mode;
  }
  if (isPath) volume['bind'] = bind;
  else volume['volume'] = named;
  return volume;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** `512m` as a text of bytes. */
function bytes(value: Plain): Plain {
  const match = /^(-?\d+(?:\.\d+)?)\s*([bkmgtp]?)(?:i?b)?$/i.exec(scalarText(value));
  return match ? String(Math.trunc(Number(match[1]) * units[match[2]!.toLowerCase()]!)) : value;
}

/** `90s` as Go writes durations: `1m30s`. Days and weeks are known too. */
function duration(value: Plain): Plain {
  const text = scalarText(value);
  const plain = text.replace(
    /(\d+(?:\.\d+)?)([dw])/g,
    (_all, amount, unit) => `${Number(amount) * (unit === 'd' ? 24 : 168)}h`,
  );
  const ms = parseGoDuration(plain);
  return ms === undefined ? value : formatGoDuration(ms);
}

const allDevices = -1;

/** Requests for devices: a count of `all` is -1. */
function deviceRequests(value: Plain): Plain {
  if (value === 'all') return [{ count: allDevices }];
  if (!Array.isArray(value)) return value;
  return value.map(item => {
    if (!isMap(item)) return item;
    const count = getKey(item, 'count');
    return count === undefined ? item : { ...item, count: count === 'all' ? allDevices : Number(count) };
  });
}

function amounts(value: Plain): Plain {
  if (!isMap(value)) return value;
  const { cpus, memory, devices: wanted } = value;
  return {
    ...value,
    ...(cpus === undefined ? {} : { cpus: Number(cpus) }),
    ...(memory === undefined ? {} : { memory: bytes(memory) }),
    ...(wanted === undefined ? {} : { devices: deviceRequests(wanted) }),
  };
}

function withDurations(value: Plain): Plain {
  if (!isMap(value)) return value;
  const changed = { ...value };
  for (const key of ['delay', 'window', 'monitor'])
    if (changed[key] !== undefined) changed[key] = duration(changed[key]);
  return changed;
}

function deploy(value: Plain): Plain {
  if (!isMap(value)) return value;
  const given = { ...value };
  const apply = (key: string, rule: Rule): void => {
    const item = getKey(given, key);
    if (item !== undefined) given[key] = rule(item);
  };
  apply('labels', labels);
  for (const key of ['restart_policy', 'update_config', 'rollback_config']) apply(key, withDurations);
  apply('resources', item => {
    if (!isMap(item)) return item;
    return Object.fromEntries(Object.entries(item).map(([key, side]) => [key, amounts(side)]));
  });
  return given;
}

function provider(value: Plain): Plain {
  const options = isMap(value) ? getKey(value, 'options') : undefined;
  if (!isMap(value) || !isMap(options)) return value;
  return { ...value, options: Object.fromEntries(Object.entries(options).map(([key, item]) => [key, texts(item)])) };
}

function memory(value: Plain): Plain {
  const size = bytes(value);
  if (typeof size === 'string' && /^-?\d+$/.test(size)) return size;
  throw new Error(`invalid size: '${scalarText(value)}'`);
}

function devices(value: Plain): Plain {
  if (!Array.isArray(value)) return value;
  return value.map(item => {
    if (isMap(item)) return item;
    const [source = '', target = source, permissions = 'rwm'] = scalarText(item).split(':');
    return { source, target, permissions };
  });
}

const rules: Readonly<Record<string, Rule>> = {
  annotations: labels,
  build,
  cap_add: texts,
  cap_drop: texts,
  command,
  configs: value => secretList(value),
  depends_on: dependsOn,
  deploy,
  devices,
  dns: texts,
  dns_opt: texts,
  dns_search: texts,
  entrypoint: command,
  env_file: envFiles,
  environment: keyValues,
  expose: texts,
  extra_hosts: extraHosts,
  gpus: deviceRequests,
  healthcheck,
  labels,
  mem_limit: memory,
  mem_reservation: memory,
  memswap_limit: memory,
  models: nullMap,
  networks: nullMap,
  ports: uniquePorts,
  provider,
  secrets: value => secretList(value, source => `/run/secrets/${source}`),
  shm_size: bytes,
  stop_grace_period: duration,
  sysctls: labels,
  tmpfs: texts,
  user: scalarText,
  volumes,
};

/** What is read when all else is known: where it fails, the place is told. */
const decoded = new Set(['command', 'entrypoint', 'mem_limit', 'mem_reservation', 'memswap_limit']);

/** The service of that name with every field in its long form. Throws for what is no port, size or command line. */
export function canonicalService(name: string, service: PlainMap): PlainMap {
  const canonical: PlainMap = {};
  for (const [key, value] of Object.entries(service)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    try {
      setKey(canonical, key, rule && value !== null ? rule(value) : value);
    } catch (error) {
      if (!decoded.has(key)) throw error;
      const why = (error as Error).message;
      throw new Error(`decoding failed due to the following error(s):\n\n'services[${name}].${key}' ${why}`);
    }
  }
  return canonical;
}
