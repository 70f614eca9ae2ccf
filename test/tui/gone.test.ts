// A resource that goes away while somebody looks at it: nothing that he does then may hit another one.
import test from 'ava';
import { drive, fillShop } from './driver.ts';

const four = ['one', 'two', 'three', 'four'] as const;

async function driveFour(t: Parameters<typeof drive>[0], labels: readonly string[] = []) {
  const d = await drive(t);
  for (const [i, name] of four.entries()) {
    d.client.setResource(name, { order: i + 1, updateStatus: 'ok', runtimeStatus: 'ok' }, labels);
    d.client.log(name, `${name} says hello`);
  }
  await d.settle();
  while (d.selected() !== 'three') await d.press('j');
  return d;
}

for (const labels of [[], ['backend']]) {
  const where = labels.length > 0 ? 'in a group' : 'without groups';
  test(`the menu of a resource that goes away closes, ${where}`, async t => {
    const d = await driveFour(t, labels);
    await d.press('x');
    d.client.removeResource('three');
    await d.settle();
    t.deepEqual(d.screen.model.dialogs, []);
    t.true(d.rows().at(-1)!.includes('three is gone from the Tiltfile'));
    await d.press('r');
    t.deepEqual(d.client.calls, []);
    t.true(d.rows().at(-1)!.includes('Update now: three is gone from the Tiltfile'));
    await d.press('x');
    t.deepEqual(d.screen.model.dialogs, []);
    await d.press('j');
    t.is(d.selected(), 'four', 'what stands there now');
    await d.press('r');
    t.deepEqual(d.client.calls, ['trigger four']);
  });
}

test('the log of a resource that goes away stays, and its keys touch no other', async t => {
  const d = await driveFour(t);
  await d.press('enter');
  d.client.removeResource('three');
  await d.settle();
  t.true(d.text().includes('three says hello'));
  t.false(d.text().includes('four says hello'));
  await d.press('r');
  t.deepEqual(d.client.calls, []);
  await d.press('0 0');
  t.regex(d.text(), /three is gone from the Tiltfile/);
  t.true(d.text().includes('three says hello'));
  await d.press('esc k');
  t.is(d.selected(), 'two');
  t.true(d.text().includes('two says hello'));
});

test('a resource that comes back is selected again, one that got a label stays so', async t => {
  const d = await driveFour(t);
  d.client.removeResource('three');
  await d.settle();
  d.client.setResource('three', { order: 3, updateStatus: 'ok', runtimeStatus: 'ok' });
  await d.press('r');
  t.deepEqual(d.client.calls, ['trigger three']);
  await d.press('x');
  d.client.setResource('three', { order: 3, updateStatus: 'ok', runtimeStatus: 'ok' }, ['jobs']);
  await d.settle();
  t.is(d.screen.model.dialogs.length, 1, 'the menu is still its menu');
  await d.press('r');
  t.is(d.client.calls.at(-1), 'trigger three');
});

test('the details of a resource that the filter no longer lets through close', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('/');
  await d.type('is:failed');
  await d.press('enter');
  t.is(d.selected(), 'api');
  await d.press('d');
  d.client.setResource('api', { order: 3, updateStatus: 'ok', runtimeStatus: 'ok' }, ['backend']);
  d.client.setProcess('api', { running: { pid: 78, startedAt: new Date(0).toISOString() } }, 2);
  await d.settle();
  t.deepEqual(d.screen.model.dialogs, []);
  t.true(d.rows().at(-1)!.includes('api is no longer in is:failed'));
  await d.press('r');
  t.deepEqual(d.client.calls, []);
  await d.press('esc');
  t.is(d.selected(), 'api', 'without the filter it is there');
  await d.press('r');
  t.deepEqual(d.client.calls, ['trigger api']);
});
