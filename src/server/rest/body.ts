// What a request brings: read up to a limit, and only as JSON or YAML.
import type http from 'node:http';
import { StatusError } from '../../api/status-error.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import { readYaml, YamlError } from '../../domain/yaml/read-yaml.ts';

/** The limit of Tilt (reference 3.21). */
export const maxBodyBytes = 20 * 2 ** 20;

/** The whole body. Throws StatusError RequestEntityTooLarge; the rest of a body that is too large is not read. */
export async function readBody(request: http.IncomingMessage, limitBytes = maxBodyBytes): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limitBytes: number): StatusError {
  return new StatusError('RequestEntityTooLarge', `Request entity too large: limit is ${limitBytes}`);
}

/** The media type without parameters, in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]!.trim().toLowerCase();
}

/** What says nothing of itself counts as JSON. */
export function isJson(contentType: string | undefined): boolean {
  return ['', 'application/json'].includes(mediaType(contentType));
}

/** An object's text as JSON, or as YAML when the media type says so. Throws StatusError BadRequest or UnsupportedMediaType. */
export async function parseObject(body: Buffer, contentType: string | undefined, kind: string): Promise<unknown> {
  const type = mediaType(contentType);
  if (isJson(contentType)) return parseJson(body, why => unrecognized(kind, why));
  if (type === 'application/yaml') return parseYaml(body, why => unrecognized(kind, why));
  const message =
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml';
  throw new StatusError('UnsupportedMediaType', message);
}

function unrecognized(kind: string, why: string): StatusError {
  return new StatusError('BadRequest', `the object provided is unrecognized (must be of type ${kind}): ${why}`);
}

/** Parses JSON; `fail` makes the error of a reason and the start of the text. */
export function parseJson(body: Buffer, fail: (why: string) => StatusError): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail(`couldn't get version/kind; json parse error: ${jsonProblem(error, text)} (${startOf(text)})`);
  }
}

/** What is wrong with a JSON text, without repeating it: it may hold a secret. */
export function jsonProblem(error: unknown, text: string): string {
  if (text.trim() === '') return 'unexpected end of JSON input';
  const message = error instanceof Error ? error.message : '';
  if (/end of JSON input|Unterminated|after (array|property)|Expected/.test(message) && isCut(message, text))
    return 'unexpected end of JSON input';
  return `invalid character at position ${/position (\d+)/.exec(message)?.[1] ?? '0'}`;
}

function isCut(message: string, text: string): boolean {
  const at = /position (\d+)/.exec(message)?.[1];
  return at === undefined || Number(at) >= text.trimEnd().length;
}

function startOf(text: string): string {
  if (text === '') return '<empty>';
  const shown = text.slice(0, 30).replaceAll('\n', '\\n');
  return text.length > 30 ? `${shown} ...` : shown;
}

/** Parses YAML (of which JSON is a part) by the rules of Kubernetes. The library is loaded on first use. */
export async function parseYaml(body: Buffer, fail: (why: string) => StatusError): Promise<unknown> {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    await loadYamlLibrary();
    return readYamlBody(text, fail);
  }
}

function readYamlBody(text: string, fail: (why: string) => StatusError): unknown {
  let value: Plain;
  try {
    value = readYaml(text);
  } catch (error) {
    if (error instanceof YamlError) throw fail(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
  // A text that is named again and again is small here and huge as JSON.
  if (textLength(value) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  return value;
}

function textLength(value: Plain): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  const parts = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + textLength(part), 0);
}
