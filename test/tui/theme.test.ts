// Themes: all that come with the program are complete; every status differs without colour; mistakes are said.
import test from 'ava';
import { rgb } from '../../src/terminal/style.ts';
import { statusRoles } from '../../src/tui/row-state.ts';
import { defaultTheme, makeTheme, prefixStyle, statusGlyph } from '../../src/tui/theme.ts';
import { loadTheme, terminalTheme, themeNames } from '../../src/tui/theme-data.ts';

for (const name of themeNames) {
  test(`theme ${name} is complete and has no mistakes`, async t => {
    const layers: unknown[] = [];
    for (let next = name; layers.length < 5; ) {
      const data = (await loadTheme(next)) as { readonly inherits?: string };
      layers.push(data);
      if (data.inherits === undefined) break;
      next = data.inherits;
    }
    t.is(layers.at(-1), terminalTheme, 'all of them stand on the default one');
    const { theme, diagnostics } = makeTheme(layers, { ascii: false });
    t.deepEqual(diagnostics, []);
    t.is(theme.name, name);
    for (const role of statusRoles) {
      t.truthy(theme.status[role], role);
      t.is(statusGlyph(theme, role, 3).length, 1, role);
    }
    for (const style of [...Object.values(theme.ui), ...Object.values(theme.log), ...Object.values(theme.toast)])
      t.is(typeof style, 'object');
    t.true(theme.prefixes.length > 0);
  });
}

test('without colours every state but the two kinds of failure has a glyph of its own', t => {
  for (const ascii of [false, true]) {
    const theme = defaultTheme(ascii);
    const glyphs = statusRoles.map(role => theme.status[role].glyph);
    t.true(new Set(glyphs).size >= statusRoles.length - 1, glyphs.join(' '));
    if (ascii) t.true(statusRoles.every(role => /^[\x20-\x7e]$/.test(statusGlyph(theme, role, 0))));
  }
});

test('what a theme leaves out comes from the one below; a glyph stays with a new colour', t => {
  const { theme } = makeTheme([{ palette: { bad: '#ff0000' }, status: { ok: 'bad' } }, terminalTheme], {
    ascii: false,
  });
  t.deepEqual(theme.status.ok, { style: { fg: rgb(255, 0, 0) }, glyph: '●' });
  t.is(theme.status.error.style.fg, rgb(255, 0, 0));
});

test('mistakes are warnings with a hint, and the rest counts', t => {
  const data = { ui: { tilte: 'red', title: 'blurple', key: { fg: 'red', mods: ['blink'] } } };
  const { theme, diagnostics } = makeTheme([data, terminalTheme], { ascii: false });
  const said = diagnostics.map(d => `${d.text} ${d.hint ?? ''}`).join('\n');
  t.regex(said, /unknown role 'tilte' did you mean 'title'/);
  t.regex(said, /'blurple' is no colour/);
  t.regex(said, /'blink' is no attribute/);
  t.is(theme.ui.key.fg, 1);
});

test('a resource has the same colour in every run', t => {
  const theme = defaultTheme(false);
  t.is(prefixStyle(theme, 'web'), prefixStyle(theme, 'web'));
  const looks = new Set(['web', 'api', 'db', 'cache', 'queue'].map(name => prefixStyle(theme, name)));
  t.true(looks.size > 1);
});
