// What an evaluation must not wait for, done before it: code that most small Tiltfiles never use is loaded when the
// Tiltfile's text can reach it. Evaluation itself is synchronous and finds everything in place.
import type { Disk } from '../adapters/disk/port.ts';
import { sha256Hex } from '../base/sha256.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';
import { type KubeSetup, readKubeSetup } from './kube-setup.ts';
import type { LoadRequest } from './result.ts';

/** Builtins for images, Kubernetes, Compose and structured data, and the assembly of what they define. */
export type Deployments = typeof import('./deployments.ts');

export interface Prepared {
  /** undefined when the Tiltfile's text names nothing of it. */
  readonly deployments: Deployments | undefined;
  /** The cluster that is spoken to; undefined when the text does not ask. */
  readonly kube: KubeSetup | undefined;
  /** Whether the main Tiltfile is one of those whose evaluation takes much longer than a start. */
  readonly isLong: boolean;
  /** The SHA-256 of the bytes as hex digits. */
  readonly sha256Hex: (bytes: Uint8Array) => string;
}

/** From about this size on Node's SHA-256 is quicker, although loading it takes 4 ms. */
const longTiltfileBytes = 16 * 1024;

export interface PrepareDeps {
  readonly disk: Disk;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks at the main Tiltfile's text and loads what it can reach. */
export async function prepareLoad(request: LoadRequest, deps: PrepareDeps): Promise<Prepared> {
  const text = textOf(deps.disk, request.path);
  const isLong = text.length >= longTiltfileBytes;
  const hash = isLong ? await nodeHash() : sha256Hex;
  if (usesOnlyLocal(text)) {
    const kube = /\blocal\b/.test(text) ? await readKubeSetup(request, deps) : undefined;
    return { deployments: undefined, kube, isLong, sha256Hex: hash };
  }
  const [deployments] = await Promise.all([import('./deployments.ts'), loadYamlLibrary()]);
  return { deployments, kube: await readKubeSetup(request, deps), isLong, sha256Hex: hash };
}

async function nodeHash(): Promise<Prepared['sha256Hex']> {
  const { createHash } = await import('node:crypto');
  return bytes => createHash('sha256').update(bytes).digest('hex');
}

/** The file's bytes as characters; empty for what cannot be read, which the load itself tells. */
function textOf(disk: Disk, file: string): string {
  try {
    return disk.stat(file)?.isFile ? disk.readFile(file).toString('latin1') : '';
  } catch {
    return '';
  }
}

const localNames = new Set(
  `local_resource test link probe exec_action http_get_action tcp_socket_action trigger_mode TRIGGER_MODE_AUTO
   TRIGGER_MODE_MANUAL local read_file watch_file listdir local_git_repo warn fail exit print struct module blob os sys
   shlex config update_settings ci_settings docker_prune_settings version_settings watch_settings secret_settings
   analytics_settings set_team enable_feature disable_feature disable_snapshots exit_settings __file__ __name__
   None True False abs any all bool bytes chr dict dir enumerate float getattr hasattr hash int len list max min ord
   range repr reversed set sorted str tuple type zip
   and break continue def elif else for if in lambda not or pass return while`.split(/\s+/),
);

/**
 * True when every name that the text could call or pass around is one of those that need nothing more. Names in long
 * texts count too: a false alarm costs milliseconds.
 */
function usesOnlyLocal(text: string): boolean {
  const plain = withoutTexts(text);
  const words = plain.match(/\.\s*\w+|[A-Za-z_]\w*(?:\s*=(?!=))?/g) ?? [];
  const others = new Set(words.filter(word => !(word.startsWith('.') || word.endsWith('=') || localNames.has(word))));
  if (others.size === 0) return true;
  const defined = definedNames(plain);
  return [...others].every(word => defined.has(word));
}

/** Names that a text gives a meaning of its own: variables, functions and their parameters. */
function definedNames(text: string): Set<string> {
  const defined = new Set<string>();
  for (const match of text.matchAll(
    /\bdef\s+(\w+)|\b(\w+)\s*=(?!=)|\bfor\s+([\w\s,()]+)\s+in\b|\blambda\s+([\w\s,]*):|\(([\w\s,=]*)\)\s*:/g,
  )) {
    for (const part of match.slice(1)) for (const name of part?.match(/\w+/g) ?? []) defined.add(name);
  }
  return defined;
}

/** The text without comments and one-line strings; longer strings stay, which can only raise a false alarm. */
function withoutTexts(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g, ' ');
}
