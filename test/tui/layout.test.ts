// Rectangles: every size from 1x1 to large is covered without overlap and without leaving the screen.
import test from 'ava';
import type { Rect } from '../../src/terminal/rect.ts';
import { computeLayout, keepVisible, type Layout } from '../../src/tui/layout.ts';
import { endpointText, listColumns } from '../../src/tui/views/list-columns.ts';

const kinds: [size: string, kind: Layout['kind']][] = [
  ['200x50', 'side'],
  ['100x15', 'side'],
  ['99x50', 'stacked'],
  ['80x24', 'stacked'],
  ['60x15', 'stacked'],
  ['59x15', 'single'],
  ['120x14', 'single'],
  ['40x10', 'single'],
];
const sizeOf = (text: string) => {
  const [columns, rows] = text.split('x').map(Number);
  return { columns: columns!, rows: rows! };
};

for (const [size, kind] of kinds) {
  test(`layout ${size} is ${kind}`, t => {
    t.is(computeLayout({ size: sizeOf(size), focus: 'list', isZoomed: false, listRows: 12 }).kind, kind);
  });
}

function cover(layout: Layout, columns: number, rows: number): string {
  const cells = new Uint8Array(columns * rows);
  for (const [name, value] of Object.entries(layout)) {
    if (name === 'kind') continue;
    const rect = value as Rect;
    if (rect.width <= 0 || rect.height <= 0) continue;
    if (rect.x < 0 || rect.y < 0 || rect.x + rect.width > columns || rect.y + rect.height > rows)
      return `${name} is outside`;
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        if (cells[y * columns + x]) return `${name} overlaps at ${x},${y}`;
        cells[y * columns + x] = 1;
      }
    }
  }
  return cells.includes(0) ? 'not everything is covered' : 'whole';
}

test('every size is covered once', t => {
  for (const focus of ['list', 'log'] as const) {
    for (const isZoomed of [false, true]) {
      for (let columns = 1; columns <= 130; columns += 3) {
        for (let rows = 1; rows <= 60; rows++) {
          const layout = computeLayout({ size: { columns, rows }, focus, isZoomed, listRows: 9 });
          t.is(cover(layout, columns, rows), 'whole', `${columns}x${rows} ${focus} ${isZoomed}`);
        }
      }
    }
  }
});

test('the selected row is seen, and the list moves as little as it can', t => {
  t.is(keepVisible({ top: 0, selected: 4, height: 5, count: 20 }), 0);
  t.is(keepVisible({ top: 0, selected: 5, height: 5, count: 20 }), 1);
  t.is(keepVisible({ top: 10, selected: 3, height: 5, count: 20 }), 3);
  t.is(keepVisible({ top: 18, selected: 19, height: 5, count: 20 }), 15);
  t.is(keepVisible({ top: 3, selected: 0, height: 0, count: 0 }), 0);
});

const noExtras = { longestKind: 0, longestMode: 0, longestCounts: 0 };

test('columns go in order: endpoint, age; name and reason stay', t => {
  const at = (width: number) =>
    listColumns({ ...noExtras, width, longestName: 14, longestEndpoint: 5, hasGroups: true });
  t.like(at(60), { age: 5, endpoint: 7 });
  t.like(at(42), { age: 5, endpoint: 0 });
  t.like(at(32), { age: 0, endpoint: 0 });
  for (const width of [10, 20, 36, 42, 60, 200]) t.true(at(width).name > 0, String(width));
});

test('an endpoint never takes the room of a reason', t => {
  for (let width = 30; width < 120; width++) {
    for (const hasGroups of [true, false]) {
      const { endpoint, state } = listColumns({ ...noExtras, width, longestName: 9, longestEndpoint: 5, hasGroups });
      if (endpoint > 0) t.true(state - 1 >= 'crashed: exit 1'.length, String(width));
    }
  }
});

test('wide lists show more, and words keep their room', t => {
  const extras = { longestKind: 10, longestMode: 9, longestCounts: 6 };
  const at = (width: number) =>
    listColumns({ ...extras, width, longestName: 14, longestEndpoint: 30, hasGroups: true });
  t.like(at(70), { kind: 0, mode: 0, counts: 0 });
  t.like(at(92), { counts: 8, mode: 0, kind: 0 });
  t.like(at(140), { counts: 8, mode: 11, kind: 12, endpoint: 26 });
  for (let width = 74; width < 160; width++) t.true(at(width).state >= 26, String(width));
});

test('an endpoint of this machine is its port', t => {
  t.is(endpointText('http://localhost:8080/path'), ':8080');
  t.is(endpointText('http://127.0.0.1:80'), ':80');
  t.is(endpointText('https://example.dev/x'), 'example.dev');
  t.is(endpointText('http://localhost/'), 'localhost');
  t.is(endpointText('no address'), 'no address');
});
