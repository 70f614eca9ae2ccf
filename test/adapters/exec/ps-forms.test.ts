// The ways of `ps` where there is no /proc. In a file of its own: PATH is the whole process's.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { findBySession } from '../../../src/adapters/exec/index.ts';

const forms: Readonly<Record<string, string>> = {
  'macOS: the environment is E, and e means all processes': `
case $1 in
-axEww) echo "  77 sleep 5 HOME=/x TILT_SESSION=mac-1 A=b"; echo "   78 sleep 5 TILT_SESSION=mac-12" ;;
axeww) echo "  77 sleep 5" ;;
esac`,
  'others: the environment is e, and E is unknown': `
case $1 in
-axEww) echo "ps: illegal option -- E" >&2; exit 1 ;;
axeww) echo "  77 sleep 5 HOME=/x TILT_SESSION=mac-1 A=b"; echo "   78 sleep 5 TILT_SESSION=mac-12" ;;
esac`,
};

for (const [name, script] of Object.entries(forms)) {
  test.serial(name, async t => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-ps-'));
    const before = process.env['PATH'];
    t.teardown(() => {
      process.env['PATH'] = before;
      fs.rmSync(folder, { recursive: true });
    });
    fs.writeFileSync(path.join(folder, 'ps'), `#!/bin/sh${script}\n`, { mode: 0o755 });
    process.env['PATH'] = folder;
    t.deepEqual(await findBySession('mac-1', { useProc: false }), [77]);
  });
}
