// Reading the log for the pane: jumps while it follows, every line while someone reads.
import test from 'ava';
import { ManualClock } from '../../src/base/clock.ts';
import { LogFeed } from '../../src/tui/log-feed.ts';
import type { Message } from '../../src/tui/messages.ts';
import { makeFakeClient } from '../support/fakes/fake-client.ts';

test('reading that begins while a jump is on its way loses no line and counts none twice', async t => {
  const client = makeFakeClient();
  const clock = new ManualClock(0);
  const messages: Extract<Message, { kind: 'log-lines' }>[] = [];
  let isHeld = false;
  let isJumping = false;
  const feed = new LogFeed({
    client: {
      ...client,
      openLogs: (filter, place) => {
        // Somebody scrolls at the very moment the jump is made.
        if (place.at === 'end' && place.tail === 68) isHeld = isJumping = true;
        return client.openLogs(filter, place);
      },
    },
    clock,
    send: message => messages.push(message as never),
    isHeld: () => isHeld,
    rows: () => 24,
  });
  t.teardown(() => feed.dispose());
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await new Promise(resolve => setImmediate(resolve));
    clock.advance(40);
  };
  client.log('web', 'row 0');
  feed.show({ generation: 1, view: {}, from: 'end' });
  await turn();
  client.log('web', ...Array.from({ length: 5000 }, (_, i) => `row ${i + 1}`));
  for (let i = 0; i < 20; i++) await turn();
  t.true(isJumping);
  t.deepEqual(
    messages.flatMap(message => message.lines.map(line => line.text)),
    Array.from({ length: 5001 }, (_, i) => `row ${i}`),
  );
  t.false(
    messages.slice(1).some(message => message.isFresh),
    'nothing that was read is thrown away',
  );
});
