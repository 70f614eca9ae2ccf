// Who may talk to the web server: the session's token, the Origin, the Host (reference 3.22).
import { createHash, timingSafeEqual } from 'node:crypto';
import type http from 'node:http';
import { isIP } from 'node:net';

/** Why a request is refused: status code and text. */
export interface Refusal {
  readonly code: number;
  readonly text: string;
}

export interface GuardOptions {
  /** The user's web token (state/web-token.ts). */
  readonly token: string;
  /** What `--host` said; a name that it serves under. */
  readonly host: string;
  /** The machine's own name, under which others on its network reach it. */
  readonly machineName: string;
  /** Asked on every request: TILT_DISABLE_HUD_AUTH=1, for those who authenticate in a proxy in front of us. */
  readonly isAuthDisabled: () => boolean;
}

const tokenHeader = 'x-tilt-token';
const tokenCookie = 'Tilt-Token';

/** The checks of the web server, on headers alone. */
export class Guard {
  #options: GuardOptions;
  #digest: Buffer;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#digest = digest(options.token);
  }

  /** Sent with pages, so that their scripts can call the API. */
  get cookie(): string {
    return `${tokenCookie}=${this.#options.token}; Path=/; SameSite=Strict`;
  }

  /**
   * Refuses what another site's page may have sent: a foreign Origin, or a name in Host that is not ours. The latter is
   * how a page of evil.example whose name was turned to 127.0.0.1 would read the cookie; who has the token in a header
   * already needs no such trick.
   */
  checkOrigin({ headers }: http.IncomingMessage): Refusal | undefined {
    const { origin, host = '' } = headers;
    if (origin && hostOf(origin) !== host) return { code: 403, text: 'cross-origin request forbidden' };
    if (this.#isOwnHost(host) || this.#options.isAuthDisabled() || this.#isToken(headers[tokenHeader]))
      return undefined;
    return { code: 403, text: unknownHost(host) };
  }

  /** Refuses what does not bring the token, in the header or else the cookie. */
  checkToken({ headers }: http.IncomingMessage): Refusal | undefined {
    if (this.#options.isAuthDisabled()) return undefined;
    const given = headers[tokenHeader] || cookieOf(headers.cookie);
    if (given === undefined) return { code: 403, text: 'missing session token' };
    return this.#isToken(given) ? undefined : { code: 403, text: 'invalid session token' };
  }

  #isToken(given: string | string[] | undefined): boolean {
    return typeof given === 'string' && timingSafeEqual(digest(given), this.#digest);
  }

  #isOwnHost(header: string): boolean {
    const name = withoutPort(header).toLowerCase();
    const { host, machineName } = this.#options;
    if (name === host.toLowerCase() || name === machineName.toLowerCase()) return true;
    // An address cannot be turned to another machine as a name can, and these names nobody can buy.
    return isIP(name) !== 0 || privateName.test(name);
  }
}

function unknownHost(host: string): string {
  const shown = JSON.stringify(host.slice(0, 100));
  return `unknown host ${shown}: use localhost or an IP address, or set TILT_DISABLE_HUD_AUTH=1 where a proxy in front checks who may come in`;
}

/** Names without a dot, and those under domains that are set aside for local use. */
const privateName = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa|test)$/;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

function withoutPort(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  return bracketed ? bracketed[1]! : header.replace(/:\d*$/, '');
}

function cookieOf(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=');
    if (name === tokenCookie) return value.join('=');
  }
  return undefined;
}
