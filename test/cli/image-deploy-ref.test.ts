// `tilt dump image-deploy-ref`, with a docker program of the test's own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import type { CliIo } from '../../src/cli/command.ts';
import { contentTag, imageDeployRef } from '../../src/cli/image-deploy-ref.ts';

test('content tags are sixteen digits of the id', t => {
  t.is(contentTag(`sha256:11cd0eb38bc3ceb9${'5'.repeat(48)}`), 'tilt-11cd0eb38bc3ceb9');
  for (const id of ['', 'sha256:12', '11cd0eb38bc3ceb958ff']) t.throws(() => contentTag(id), { message: /no digest/ });
});

test('the reference has the name as people write it, and what Docker refuses is said in its words', t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-deploy-ref-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true }));
  const id = `sha256:${'ab'.repeat(32)}`;
  const script = `#!/bin/sh\nfor last; do :; done\nif [ "$last" = gone ]; then echo '[]'; echo 'No such image: gone' >&2; exit 1; fi\necho ${id}\n`;
  fs.writeFileSync(path.join(folder, 'docker'), script, { mode: 0o755 });
  const io = { cwd: folder, env: { PATH: `${folder}:/usr/bin:/bin` } } as unknown as CliIo;
  t.is(imageDeployRef(io, 'nginx'), 'nginx:tilt-abababababababab');
  t.is(imageDeployRef(io, 'docker.io/library/nginx:1.2'), 'nginx:tilt-abababababababab');
  t.is(imageDeployRef(io, 'localhost:5000/a/b:dev'), 'localhost:5000/a/b:tilt-abababababababab');
  t.throws(() => imageDeployRef(io, 'gone'), { message: 'No such image: gone' });
  t.throws(() => imageDeployRef(io, 'Nginx'), { message: /must be lowercase$/ });
  t.throws(() => imageDeployRef({ ...io, env: { PATH: '/nowhere' } }, 'nginx'), { message: /docker cannot be asked/ });
});
