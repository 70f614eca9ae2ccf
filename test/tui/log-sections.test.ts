// Where runs begin: a row of its own where the first line is the program's, and no line of a program is lost in a mark.
import test from 'ava';
import type { LogLine } from '../../src/api/client.ts';
import { endPosition, LineCache, type LogLook, moveBy, rowsFrom } from '../../src/tui/log-rows.ts';
import { isSectionHead, markAbove } from '../../src/tui/log-sections.ts';
import { LogWindow } from '../../src/tui/log-window.ts';

const line = (id: number, text: string, more: Partial<LogLine> = {}): LogLine => ({
  id,
  timeMs: 0,
  resource: 'api',
  spanId: 'pod:api:api-7f9c',
  level: 'info',
  isAnchor: false,
  source: 'runtime',
  text,
  ...more,
});

test('the output of a pod begins below a mark with its name', t => {
  const first = line(1, 'listening on :8080', { isSpanStart: true });
  t.is(markAbove(first), 'pod api-7f9c');
  t.false(isSectionHead(first));
  t.is(markAbove(line(2, 'more')), undefined);
  const announced = line(3, 'Running cmd: make run', { isSpanStart: true, spanId: 'localserve:1' });
  t.true(isSectionHead(announced));
  t.is(markAbove(announced), undefined);
  t.is(markAbove(line(4, 'x', { isSpanStart: true, spanId: 'build:1' })), undefined);
});

test('a container that was started again has a mark of its own, with how it ended before', t => {
  const mark = (spanId: string, resource = 'api') => markAbove(line(1, 'up', { isSpanStart: true, spanId, resource }));
  t.is(mark('pod:api:api-7f9c:main:3:exit 1'), 'main restarted, exit 1');
  t.is(mark('pod:api:api-7f9c:main:3:'), 'main restarted');
  t.is(mark('pod:api:deployment:api-7f9c', 'api:deployment'), 'pod api-7f9c');
  t.is(mark('pod:api:deployment:api-7f9c:main:1:out of memory', 'api:deployment'), 'main restarted, out of memory');
});

test('the mark is a row: nothing of the first line is lost, and scrolling goes over both', t => {
  const window = new LogWindow();
  window.append([line(0, 'old'), line(1, 'x'.repeat(25), { isSpanStart: true }), line(2, 'end')], false);
  const look: LogLook = { width: 21, wrap: true, hasTimes: false, nameColumns: 0, podColumns: 0, pretty: false };
  const layout = { window, cache: new LineCache(), look, height: 10 };
  const rows = rowsFrom(layout, { id: 0, row: 0 });
  t.deepEqual(
    rows.map(row => [row.line.id, row.mark, row.isFirst, row.fromColumn]),
    [
      [0, undefined, true, 0],
      [1, 'pod api-7f9c', false, 0],
      [1, undefined, true, 0],
      [1, undefined, false, 20],
      [2, undefined, true, 0],
    ],
  );
  const low = { ...layout, height: 2 };
  t.deepEqual(endPosition(low), { id: 1, row: 2 });
  t.deepEqual(moveBy(low, { id: 1, row: 2 }, -1), { id: 1, row: 1 });
  t.deepEqual(moveBy(low, { id: 1, row: 1 }, -2), { id: 0, row: 0 });
});
