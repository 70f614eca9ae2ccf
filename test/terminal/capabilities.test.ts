import test from 'ava';
import { toAsciiBytes } from '../../src/terminal/ascii-bytes.ts';
import { canUseScreen, capabilitiesOf } from '../../src/terminal/capabilities.ts';
import { copyToClipboard, linkText, notify, setTitle } from '../../src/terminal/osc.ts';
import { parseColor, rgb } from '../../src/terminal/style.ts';

const depths: readonly (readonly [env: Record<string, string>, colors: string])[] = [
  [{ TERM: 'xterm-256color' }, '256'],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'truecolor'],
  [{ TERM: 'screen-256color' }, '256'],
  [{ TERM: 'tmux-256color' }, '256'],
  [{ TERM: 'xterm-kitty' }, 'truecolor'],
  [{ TERM: 'linux', COLORTERM: 'truecolor' }, '16'],
  [{ TERM: 'xterm' }, '16'],
  [{ TERM: 'vt100' }, 'none'],
  [{}, '16'],
  [{ TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3' }, 'none'],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, '256'],
  [{ TERM: 'xterm', FORCE_COLOR: '3' }, 'truecolor'],
  [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 'none'],
];
for (const [env, colors] of depths) {
  test(`colours with ${JSON.stringify(env)}`, t => t.is(capabilitiesOf(env).colors, colors as never));
}

test('other capabilities', t => {
  t.deepEqual(capabilitiesOf({ TERM: 'tmux-256color', TMUX: '/tmp/x,1,0', SSH_TTY: '/dev/pts/1', LANG: 'C' }), {
    colors: '256',
    links: true,
    unicode: false,
    isAsciiOnly: false,
    multiplexer: 'tmux',
    remote: true,
  });
  t.false(capabilitiesOf({ TERM: 'linux', LANG: 'de_DE.UTF-8' }).unicode);
  t.false(capabilitiesOf({ TERM: 'linux' }).links);
});

test('a charset that is named and is not UTF-8 gets nothing above ASCII', t => {
  const isAsciiOnly = (env: Record<string, string>): boolean => capabilitiesOf(env).isAsciiOnly;
  t.true(isAsciiOnly({ LC_ALL: 'en_US.ISO-8859-1', LANG: 'en_US.UTF-8' }));
  t.true(isAsciiOnly({ LANG: 'ru_RU.KOI8-R' }));
  t.true(isAsciiOnly({ LC_CTYPE: 'de_DE.ISO8859-15@euro' }));
  for (const locale of ['C', 'POSIX', 'en_US', 'C.UTF-8', 'de_DE.utf8', 'de_DE.utf8@euro', 'UTF-8'])
    t.false(isAsciiOnly({ LANG: locale }), locale);
  t.false(isAsciiOnly({}));
  t.is(toAsciiBytes('\x1b[1mnaïve\x1b[m e\u0301 表示 🙂|'), '\x1b[1mna?ve\x1b[m e ???? ??|');
});

test('whether a screen makes sense, and why not', t => {
  const tty = { isTTY: true };
  const reason = (answer: ReturnType<typeof canUseScreen>): string => (answer.ok ? 'ok' : answer.reason);
  t.is(reason(canUseScreen({ stdin: tty, stdout: tty, env: { TERM: 'xterm', CI: 'false' } })), 'ok');
  t.is(reason(canUseScreen({ stdin: tty, stdout: {}, env: {} })), 'stdout is not a terminal');
  t.is(reason(canUseScreen({ stdin: {}, stdout: tty, env: {} })), 'stdin is not a terminal');
  t.regex(reason(canUseScreen({ stdin: tty, stdout: tty, env: { TERM: 'dumb' } })), /TERM=dumb/);
  t.is(reason(canUseScreen({ stdin: tty, stdout: tty, env: { CI: '1' } })), 'CI is set');
});

test('clipboard: plain, through tmux, through screen, too long', t => {
  t.is(copyToClipboard('hi', 'none').sequence, '\x1b]52;c;aGk=\x07');
  t.is(copyToClipboard('hi', 'tmux').sequence, '\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\');
  t.is(copyToClipboard('hi', 'screen').sequence, '\x1bP\x1b]52;c;aGk=\x07\x1b\\');
  const long = copyToClipboard('é'.repeat(50_000), 'none');
  t.true(long.copied < 50_000 && long.copied > 37_000);
  const decoded = Buffer.from(/c;(.*)\x07/.exec(long.sequence)![1]!, 'base64').toString();
  t.is(decoded, 'é'.repeat(long.copied));
});

test('no text leaves its sequence', t => {
  t.is(setTitle('a\x1b]0;b\x07c\u009cd'), '\x1b]2;a ]0;b c d\x1b\\');
  t.is(notify('4;x\x07', 'none'), '\x1b]9;4,x \x1b\\');
  t.is(notify('x', 'tmux'), '\x1bPtmux;\x1b\x1b]9;x\x1b\x1b\\\x1b\\');
  t.is(linkText('here', 'https://x\x1b\\y'), '\x1b]8;;https://x\\y\x1b\\here\x1b]8;;\x1b\\');
});

test('colours as themes write them', t => {
  t.is(parseColor('bright-black'), 8);
  t.is(parseColor('Red'), 1);
  t.is(parseColor('208'), 208);
  t.is(parseColor('#ff6400'), rgb(255, 100, 0));
  t.is(parseColor('#f60'), rgb(255, 102, 0));
  t.is(parseColor('default'), undefined);
  for (const wrong of ['', 'rouge', '256', '#12345', '-1']) t.is(parseColor(wrong), 'invalid');
});
