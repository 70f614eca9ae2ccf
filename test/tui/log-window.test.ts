// The window over the log and its rows: order, bounds, wrapping, positions.
import test from 'ava';
import type { LogLine } from '../../src/api/client.ts';
import { endPosition, LineCache, type LogLayout, moveBy, rowsFrom } from '../../src/tui/log-rows.ts';
import { LogWindow } from '../../src/tui/log-window.ts';

function line(id: number, text = `line ${id}`): LogLine {
  return { id, timeMs: 0, resource: 'web', spanId: 's', level: 'info', isAnchor: false, source: 'runtime', text };
}
const range = (from: number, to: number): LogLine[] => Array.from({ length: to - from + 1 }, (_, i) => line(from + i));
const ids = (window: LogWindow): string => `${window.lines[0]?.id}-${window.lines.at(-1)?.id}`;

test('following keeps the newest lines', t => {
  const window = new LogWindow(100);
  for (let id = 1; id <= 5000; id += 50) window.append(range(id, id + 49), false);
  t.is(window.lines.at(-1)?.id, 5000);
  t.true(window.length <= 1100);
  t.true(window.hasEarlier);
});

test('reading gives nothing up at the front; what no longer fits is fetched later', t => {
  const window = new LogWindow(100);
  window.append(range(1, 100), false);
  window.append(range(101, 3000), true);
  t.is(window.lines[0]?.id, 1);
  t.true(window.hasLater);
  const last = window.lines.at(-1)!.id;
  window.append(range(3001, 3010), true);
  t.is(window.lines.at(-1)?.id, last, 'a gap never opens');
  window.extend(range(last + 1, 3010), true);
  t.is(window.lines.at(-1)?.id, 3010);
  t.false(window.hasLater);
});

test('earlier lines come in front, and the newest go when there are too many', t => {
  const window = new LogWindow(100);
  window.append(range(2000, 2099), false);
  window.prepend(range(1000, 2005));
  t.is(ids(window), '1000-2099', 'lines it has already are not doubled');
  window.prepend(range(1, 999));
  t.is(window.lines[0]?.id, 1);
  t.is(window.length, 100);
  t.true(window.hasLater);
});

test('a line that grew replaces itself', t => {
  const window = new LogWindow();
  window.append([line(1), line(2, 'half'), line(3)], false);
  window.append([line(2, 'half a line'), line(4)], false);
  t.deepEqual(
    window.lines.map(l => l.text),
    ['line 1', 'half a line', 'line 3', 'line 4'],
  );
  window.append([line(0, 'gone')], false);
  t.is(window.length, 4);
});

function layoutOf(window: LogWindow, width: number, height: number): LogLayout {
  return {
    window,
    cache: new LineCache(),
    height,
    look: { width: width + 1, wrap: true, hasTimes: false, nameColumns: 0, podColumns: 0, pretty: false },
  };
}

function shown(layout: LogLayout, position = endPosition(layout)): string {
  return rowsFrom(layout, position)
    .map(row => row.line.text.slice(row.fromColumn, row.fromColumn + row.columns))
    .join('|');
}

test('rows: the end is at the bottom, long lines wrap, scrolling goes by rows', t => {
  const window = new LogWindow();
  window.append([line(1, 'aa'), line(2, '0123456789'), line(3, 'cc')], false);
  const layout = layoutOf(window, 4, 3);
  t.is(shown(layout), '4567|89|cc');
  const end = endPosition(layout)!;
  t.is(shown(layout, moveBy(layout, end, -1)), '0123|4567|89');
  t.is(shown(layout, moveBy(layout, end, -2)), 'aa|0123|4567');
  t.is(shown(layout, moveBy(layout, end, -50)), 'aa|0123|4567');
  t.deepEqual(moveBy(layout, { id: 1, row: 0 }, 99), end);
  t.is(shown(layoutOf(window, 20, 2)), '0123456789|cc');
});

test('a window smaller than the pane begins at its first line', t => {
  const window = new LogWindow();
  t.is(endPosition(layoutOf(window, 10, 5)), undefined);
  window.append([line(1)], false);
  t.is(shown(layoutOf(window, 10, 5)), 'line 1');
});

test('a huge line is cut on the screen and says so', t => {
  const window = new LogWindow();
  window.append([line(1, 'x'.repeat(1_000_000))], false);
  const layout = layoutOf(window, 100, 5);
  const rows = rowsFrom(layout, endPosition(layout));
  t.is(rows.length, 5);
  t.regex(layout.cache.styled(rows[0]!.line).text, /990000 more characters/);
});
