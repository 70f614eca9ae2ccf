// /openapi/v2 and /openapi/v3: documents that are made when first asked for and kept as text.
import { createHash } from 'node:crypto';
import type http from 'node:http';
import { openApiV2, openApiV3 } from '../../api/openapi.ts';
import { version } from '../../base/version.ts';
import { commonHeaders, sendText } from './reply.ts';

interface Document {
  readonly body: Buffer;
  readonly hash: string;
}

const groupDocumentPath = '/openapi/v3/apis/tilt.dev/v1alpha1';
const made = new Map<string, Document>();

function documentAt(path: string): Document | undefined {
  const known = made.get(path);
  if (known) return known;
  const value = valueAt(path);
  if (value === undefined) return undefined;
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  const document = { body, hash: createHash('sha256').update(body).digest('hex').toUpperCase() };
  made.set(path, document);
  return document;
}

function valueAt(path: string): unknown {
  switch (path) {
    case '/openapi/v2':
      return openApiV2(version);
    case groupDocumentPath:
      return openApiV3(version);
    case '/openapi/v3': {
      // The hash lets clients keep the document for ever.
      const { hash } = documentAt(groupDocumentPath)!;
      return { paths: { 'apis/tilt.dev/v1alpha1': { serverRelativeURL: `${groupDocumentPath}?hash=${hash}` } } };
    }
    default:
      return undefined;
  }
}

/** Answers a path under /openapi. */
export function sendOpenApi(request: http.IncomingMessage, response: http.ServerResponse, path: string): void {
  const accept = request.headers.accept ?? '*/*';
  const document = documentAt(path);
  if (!document) {
    sendText(response, 404, '404 page not found\n');
    return;
  }
  // Some clients can only read the binary form of version 2. They are told at once and go on without.
  if (!/application\/(json|\*)|\*\/\*/.test(accept)) {
    sendText(response, 406, 'only application/json is available\n');
    return;
  }
  const etag = `"${document.hash}"`;
  const headers = { ...commonHeaders, ETag: etag, Vary: 'Accept' };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': 'application/json', 'Content-Length': document.body.length });
  response.end(document.body);
}
