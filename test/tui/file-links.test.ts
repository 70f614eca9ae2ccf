// Links from log lines to files.
import test from 'ava';
import { FileLinks } from '../../src/tui/file-links.ts';
import { drive, fillShop } from './driver.ts';

test('places become links once their files are found, each file is looked up once', async t => {
  const asked: string[] = [];
  let found = 0;
  const links = new FileLinks({
    hostName: 'box',
    findFile: async ([place]) => {
      asked.push(place!.file);
      return place!.file === 'gone.ts' ? undefined : { ...place!, file: `/a b/${place!.file}` };
    },
    onFound: () => found++,
  });
  const text = 'at src/x.ts:3:7 and http://h/y.ts:9 and gone.ts:1, src/x.ts:12';
  t.deepEqual(links.in(text), []);
  for (let i = 0; i < 20 && found === 0; i++) await new Promise(resolve => setImmediate(resolve));
  t.is(found, 1);
  t.deepEqual(
    links.in(text).map(({ range, url }) => [text.slice(...range), url]),
    [
      ['src/x.ts:3:7', 'file://box/a%20b/src/x.ts#3'],
      ['src/x.ts:12', 'file://box/a%20b/src/x.ts#12'],
    ],
  );
  t.deepEqual(asked, ['src/x.ts', 'gone.ts']);
  t.deepEqual(links.in('nothing here'), []);
});

test('a relative name is looked for where the resource is that names it', async t => {
  const asked: string[] = [];
  let found = 0;
  const links = new FileLinks({
    hostName: 'box',
    findFile: async ([place]) => {
      asked.push(`${place!.resource} ${place!.file}`);
      return { ...place!, file: `/${place!.resource}/${place!.file}` };
    },
    onFound: () => found++,
  });
  links.in('x.ts:3:7', 'api');
  links.in('x.ts:3:7', 'web');
  for (let i = 0; i < 20 && found === 0; i++) await new Promise(resolve => setImmediate(resolve));
  t.deepEqual(asked, ['api x.ts', 'web x.ts']);
  t.is(links.in('x.ts:3:7', 'web')[0]!.url, 'file://box/web/x.ts#3');
});

test('the cells of a place carry its link, also where it is wrapped', async t => {
  const d = await drive(t, { size: '100x24' });
  fillShop(d.client);
  d.client.log('api', `${'.'.repeat(40)} src/b.go:42`);
  await d.press('n');
  await d.settle(200);
  const linked: string[] = [];
  for (let y = 0; y < 24; y++)
    for (let x = 43; x < 100; x++) {
      const cell = d.terminal.grid.cellAt(x, y);
      if (cell.style.link?.endsWith('src/b.go#42')) linked.push(cell.text);
    }
  t.is(linked.join(''), 'src/b.go:42');
});
