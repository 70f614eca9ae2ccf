import test from 'ava';
import { forwardLinks } from '../../src/engine/forward-links.ts';
import { withKnownPorts } from '../../src/engine/forward-ports.ts';

const status = (localPort: number, containerPort: number) => ({ localPort, containerPort, addresses: [] });

test('ports that were chosen take the place of zeros', t => {
  const forwards = [
    { localPort: 8080, containerPort: 80 },
    { localPort: 0, containerPort: 80, name: 'random', path: '/x' },
    { containerPort: 80 },
    { localPort: 0, containerPort: 90 },
    { localPort: 0, containerPort: 91 },
  ];
  const known = withKnownPorts(forwards, [status(8080, 80), status(41_000, 80), status(41_001, 80), status(0, 91)]);
  t.deepEqual(
    known.map(({ localPort = 0 }) => localPort),
    [8080, 41_000, 41_001, 0, 0],
  );
  t.deepEqual(forwardLinks(known)[1], { url: 'http://localhost:41000/x', name: 'random' });
  t.is(forwardLinks(known).length, 3);
});

test('a port of the pod that is not named matches any', t => {
  t.deepEqual(withKnownPorts([{ localPort: 0 }], [status(5000, 80)]), [{ localPort: 5000 }]);
  t.deepEqual(withKnownPorts([{ localPort: 0 }], []), [{ localPort: 0 }]);
});
