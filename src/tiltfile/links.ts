// Links of a resource (reference 2.7).
import type { Link } from '../api/shared-types.ts';
import { Struct, starlarkString, type Value } from '../starlark/index.ts';

/** What link() gives: a struct with `url` and `name` that a `links=` list takes. */
export class LinkValue extends Struct {
  readonly link: Link;

  constructor(link: Link) {
    super(
      starlarkString('link'),
      new Map<string, Value>([
        ['name', starlarkString(link.name ?? '')],
        ['url', starlarkString(link.url)],
      ]),
    );
    this.link = link;
  }
}

/** Whether a link was given as `host/path` alone: the whole text counts as its path, as in Go's url.Parse. */
export function lacksScheme(text: string): boolean {
  return !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) && !text.startsWith('/');
}

/**
 * The URL as it will be opened: `http://` in front when it has no scheme. What stands before a first colon counts as the
 * scheme, as in Go's url.Parse, so `localhost:80` keeps its form (reference 7, row 10).
 */
export function parseLink(text: string): string {
  const invalid = (why: string): Error => new Error(`validating URL ${JSON.stringify(text)}: ${why}`);
  const parse = (why: string): Error => invalid(`parse ${JSON.stringify(text)}: ${why}`);
  if (text === '') throw invalid('url empty');
  if (/[\u0000-\u001f\u007f]/.test(text)) throw parse('net/url: invalid control character in URL');
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (text.startsWith(':')) throw parse('missing protocol scheme');
  if (!scheme) {
    const first = text.split('/')[0]!;
    if (first.includes(':')) throw parse('first path segment in URL cannot contain colon');
  }
  const badEscape = /%(?![0-9a-fA-F]{2})(.{0,2})/.exec(text.split('?')[0]!.split('#')[0]!);
  if (badEscape) throw parse(`invalid URL escape ${JSON.stringify(`%${badEscape[1]}`)}`);
  const port = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#]*?:([^/?#\]@]*)(?:[/?#]|$)/.exec(text);
  if (port && !/^\d*$/.test(port[1]!)) throw parse(`invalid port ${JSON.stringify(`:${port[1]}`)} after host`);
  return scheme ? text : text.startsWith('//') ? `http:${text}` : `http://${text}`;
}
