import test from 'ava';
import { drawTree, type TreeResource, type TreeStatus } from '../../../src/cli/objects/resource-tree.ts';

const resource = (name: string, status: TreeStatus, ...dependsOn: readonly string[]): TreeResource => ({
  name,
  status,
  dependsOn,
});

const project: readonly TreeResource[] = [
  resource('web', 'build error', 'lib'),
  resource('db', 'ok'),
  resource('api', 'ok', 'db'),
  resource('lib', 'ok', 'db', 'api'),
  resource('slow', 'building'),
  resource('after', 'build pending', 'slow', 'unknown name'),
  resource('manual', 'not started'),
];

test('below each resource stands what waits for it', t => {
  t.is(
    drawTree('/p/Tiltfile', project),
    `Tiltfile: /p/Tiltfile
├── db (ok)
│   ├── api (ok)
│   │   └── lib (ok)
│   │       └── web (build error)
│   └── lib (ok)
│       └── web (build error)
├── manual (not started)
└── slow (building)
    └── after (build pending)

---
Resources: 7 total, 3 ok, 1 building, 2 pending, 1 errors
`,
  );
});

test('in full once; the second time with what else it waits for', t => {
  const text = drawTree('/p/Tiltfile', project, { dedupe: true });
  t.is(text.match(/web \(/g)?.length, 1);
  t.regex(text, /\n│ {3}└── lib \(ok\) \[also depends on: api\]\n├── manual/);
});

test('only what is not well; what holds up more comes first', t => {
  t.is(
    drawTree('/p/Tiltfile', project, { blockersOnly: true }),
    `Blocked resources for Tiltfile: /p/Tiltfile
├── slow (building)
│   └── after (build pending)
└── web (build error)

---
Resources: 3 total, 1 building, 1 pending, 1 errors
`,
  );
});

test('a circle ends', t => {
  const text = drawTree('T', [resource('a', 'build pending', 'b'), resource('b', 'build pending', 'a')]);
  t.regex(text, /^├── a .*\n│ {3}└── b .*\n│ {7}└── a /m);
});
