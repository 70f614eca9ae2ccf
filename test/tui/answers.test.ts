// What the last line says in answer to a key, and texts that are there already when somebody begins to type.
import test from 'ava';
import { drive, fillShop } from './driver.ts';

test('an answer goes with the next key; what was told by somebody else stays', async t => {
  const d = await drive(t, { size: '100x24' });
  fillShop(d.client);
  await d.settle();
  await d.press('s');
  t.regex(d.rows().at(-1)!, /A shell in its container: the Tiltfile has no container/);
  await d.press('j');
  t.is(d.screen.model.toast, undefined);
  d.screen.say('Saved', 'info');
  await d.press('j k');
  t.is(d.screen.model.toast?.text, 'Saved');
});

test('/ begins with the words of before selected: typing replaces them, an arrow edits them', async t => {
  const d = await drive(t, { size: '100x24' });
  fillShop(d.client);
  await d.settle();
  const filter = (): string => d.screen.model.list.filter;
  await d.press('/');
  await d.type('api');
  await d.press('enter /');
  t.regex(d.rows().at(-1)!, /\/api.*typing replaces it/);
  await d.type('web');
  t.is(filter(), 'web');
  await d.press('esc');
  t.is(filter(), 'api');
  await d.press('/ right');
  await d.type('x');
  t.is(filter(), 'apix');
  await d.press('esc / backspace');
  t.is(filter(), '');
  await d.press('esc /');
  d.terminal.input({ kind: 'paste', text: 'lint', truncated: false });
  await d.settle();
  t.is(filter(), 'lint');
});

test('marking lines says which keys move, copy and end it', async t => {
  const d = await drive(t, { size: '100x24' });
  fillShop(d.client);
  await d.settle();
  await d.press('enter v');
  t.regex(d.screen.model.toast!.text, /^Marking lines: \S+ and \S+ move, y copies, esc ends it$/);
});
