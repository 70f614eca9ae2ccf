// What a terminal can do, as far as its environment says, and whether there is one to draw on at all.

/** How many colours are sent. `none` keeps bold, dim, underline and inverse. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

export interface Capabilities {
  readonly colors: ColorDepth;
  /** OSC 8 hyperlinks may be written (terminals without them ignore them; a few print them). */
  readonly links: boolean;
  /** False when the locale or the terminal can't show more than ASCII. */
  readonly unicode: boolean;
  /** The locale names another charset than UTF-8: bytes above ASCII would be other characters, or control ones. */
  readonly isAsciiOnly: boolean;
  /** Inside tmux or screen, where some sequences need a wrapper. */
  readonly multiplexer: 'none' | 'tmux' | 'screen';
  /** The session came in over SSH: a browser opened here is not the user's. */
  readonly remote: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const truecolorTerms = /^(xterm-kitty|xterm-ghostty|ghostty|alacritty|foot|wezterm|contour|rio|iterm2?)(\b|-)|-direct$/;

/** Reads the environment. NO_COLOR wins over everything, FORCE_COLOR over COLORTERM and TERM. */
export function capabilitiesOf(env: Environment): Capabilities {
  const term = env['TERM'] ?? '';
  return {
    colors: colorDepth(env, term),
    links: !/^(linux|vt\d|screen$|screen\.linux|cons25|dumb)/.test(term),
    unicode: isUnicode(env, term),
    isAsciiOnly: hasOtherCharset(env),
    multiplexer: env['TMUX'] ? 'tmux' : env['STY'] ? 'screen' : 'none',
    remote: Boolean(env['SSH_CONNECTION'] || env['SSH_TTY'] || env['SSH_CLIENT']),
  };
}

function colorDepth(env: Environment, term: string): ColorDepth {
  if (env['NO_COLOR']) return 'none';
  const forced = { '0': 'none', false: 'none', '1': '16', true: '16', '2': '256', '3': 'truecolor' } as const;
  const wish = env['FORCE_COLOR'];
  if (wish !== undefined && wish in forced) return forced[wish as keyof typeof forced];
  // The Linux console takes true colours and shows its nearest of 16, which is rarely the intended one.
  if (/^(linux|cons25|vt220-color|ansi)/.test(term)) return '16';
  if (/^vt\d/.test(term)) return 'none';
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '') || truecolorTerms.test(term)) return 'truecolor';
  if (/256/.test(term) || env['TERM_PROGRAM'] !== undefined) return '256';
  return '16';
}

function isUnicode(env: Environment, term: string): boolean {
  if (term === 'linux') return false;
  const locale = localeOf(env);
  // Nothing set is common in containers and over SSH, and the terminal at the other end reads UTF-8.
  if (!locale) return true;
  return /utf-?8/i.test(locale);
}

function localeOf(env: Environment): string {
  return env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
}

/** `en_US.ISO-8859-1`. A locale without a charset (`C`, `en_US`) says nothing about the terminal, which reads UTF-8 mostly. */
function hasOtherCharset(env: Environment): boolean {
  const [, charset = ''] = /\.([^@]+)/.exec(localeOf(env)) ?? [];
  return charset !== '' && !/^utf-?8$/i.test(charset);
}

/** What `canUseScreen` looks at of a stream. */
export interface MaybeTty {
  readonly isTTY?: boolean | undefined;
}

export type ScreenAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Whether a full screen makes sense; otherwise the reason, to be said once before falling back to plain lines. */
export function canUseScreen(at: { stdin: MaybeTty; stdout: MaybeTty; env: Environment }): ScreenAnswer {
  if (!at.stdout.isTTY) return { ok: false, reason: 'stdout is not a terminal' };
  if (!at.stdin.isTTY) return { ok: false, reason: 'stdin is not a terminal' };
  if (at.env['TERM'] === 'dumb') return { ok: false, reason: 'TERM=dumb has no cursor addressing' };
  const ci = at.env['CI'];
  if (ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false') return { ok: false, reason: 'CI is set' };
  return { ok: true };
}
