// The cases: each takes a command line and gives its figures. Reach: what issue and design ask for.
import fs from 'node:fs';
import path from 'node:path';
import { fileText, freePort, once, project, sleep, start, usage } from './measure.mjs';

const locals = (n, line = i => `local_resource('r${i}', cmd='true', allow_parallel=True)`) =>
  `${Array.from({ length: n }, (_, i) => line(i)).join('\n')}\n`;
const wide = 'update_settings(max_parallel_updates=8)\n';
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const up = async (command, dir, options) =>
  start(command, ['up', '--stream', '--port', String(await freePort())], dir, options);
const nowMs = text => Number(BigInt(text) / 1_000_000n);

const ci = n => async command =>
  once(command, ['ci', '--port', String(await freePort())], project({ Tiltfile: (n > 1 ? wide : '') + locals(n) }));

export const cases = {
  version: { reach: 'about an empty Node process', run: async command => once(command, ['version'], project({})) },
  'tiltfile-1': { run: async command => once(command, ['alpha', 'tiltfile-result'], project({ Tiltfile: locals(1) })) },
  'tiltfile-1000': {
    run: async command => once(command, ['alpha', 'tiltfile-result'], project({ Tiltfile: locals(1000) })),
  },
  'starlark-loop': {
    run: async command => {
      const loop =
        'def f(n):\n  t = 0\n  for i in range(n):\n    if i % 3 == 0:\n      t += i\n    elif i % 5 == 0:\n      t -= i // 2\n  return t\nprint(f(3000000))\n';
      return once(command, ['alpha', 'tiltfile-result'], project({ Tiltfile: loop + locals(1) }));
    },
  },
  'ci-1': { reach: '400 ms', run: ci(1) },
  'ci-100': { reach: '1.0 s', run: ci(100) },
  'ci-500': { reach: '1.5 s', run: ci(500) },
  'save-to-start': {
    reach: '50 ms',
    async run(command) {
      const dir = project({
        Tiltfile: "local_resource('r', cmd='date +%s%N > stamp.$(cat dep.txt)', deps=['dep.txt'])\n",
        'dep.txt': '0',
      });
      const tilt = await up(command, dir);
      await fileText(path.join(dir, 'stamp.0'));
      await sleep(1000);
      const took = [];
      for (let i = 1; i <= 12; i++) {
        const began = Date.now();
        fs.writeFileSync(path.join(dir, 'dep.txt'), String(i));
        took.push(nowMs(await fileText(path.join(dir, `stamp.${i}`))) - began);
        await sleep(300);
      }
      return { ms: median(took), max: Math.max(...took), ...(await tilt.stop()) };
    },
  },
  'tiltfile-reload': {
    async run(command) {
      const text = i => `${locals(50)}local_resource('n', cmd='date +%s%N > stamp.${i}')\n`;
      const dir = project({ Tiltfile: text(0) });
      const tilt = await up(command, dir);
      await fileText(path.join(dir, 'stamp.0'));
      await sleep(1000);
      const took = [];
      for (let i = 1; i <= 6; i++) {
        const began = Date.now();
        fs.writeFileSync(path.join(dir, 'Tiltfile'), text(i));
        took.push(nowMs(await fileText(path.join(dir, `stamp.${i}`))) - began);
        await sleep(500);
      }
      return { ms: median(took), ...(await tilt.stop()) };
    },
  },
  'log-flood': {
    reach: '300,000 lines, none lost',
    async run(command) {
      const lines = 300_000;
      const dir = project({
        Tiltfile: `local_resource('r', serve_cmd='seq -f "line %.0f of the flood of log output from a service" 1 ${lines}; echo FLOOD-END; sleep 1000')\n`,
      });
      const tilt = await up(command, dir);
      const began = await tilt.wait(/line 1 of the flood/);
      const ended = await tilt.wait(/FLOOD-END$/);
      const { rssMb, cpuMs } = usage(tilt.pid);
      const seen = tilt.lines.filter(line => /line \d+ of the flood/.test(line)).length;
      return { ms: ended - began, lost: lines - seen, rssMb, cpuMs, ...(await tilt.stop()) };
    },
  },
  'idle-100': {
    reach: '0.3% CPU, 80 MB',
    async run(command) {
      const files = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`src/${i}/a.txt`, 'x']));
      const line = i => `local_resource('r${i}', serve_cmd='exec sleep 1000', deps=['src/${i}'], allow_parallel=True)`;
      const dir = project({ Tiltfile: wide + locals(100, line), ...files });
      const quiet = await up(command, dir, { measuresDelay: false });
      await sleep(8000);
      const before = usage(quiet.pid);
      await sleep(10_000);
      const after = usage(quiet.pid);
      await quiet.stop();
      const watched = await up(command, dir);
      await sleep(6000);
      return { cpuPercent: (after.cpuMs - before.cpuMs) / 100, rssMb: after.rssMb, ...(await watched.stop()) };
    },
  },
  exit: {
    reach: '100 ms',
    async run(command) {
      const line = i => `local_resource('r${i}', serve_cmd='sleep 1000 & sleep 1001; wait', allow_parallel=True)`;
      const tilt = await up(command, project({ Tiltfile: locals(20, line) }));
      await tilt.wait(/r19 │ Running cmd/);
      await sleep(500);
      const { stopMs, delayP99 } = await tilt.stop();
      return { ms: stopMs, delayP99 };
    },
  },
};
