// The cases: each takes a command line and gives its figures. Reach: what issue and design ask for.
import fs from 'node:fs';
import path from 'node:path';
import { connect } from './api-client.mjs';
import { fileText, freePort, once, project, sleep, start, stateDirectory, usage } from './measure.mjs';
import { screenCases } from './screen/cases.mjs';

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
  'get-200': {
    async run(command) {
      const port = String(await freePort());
      const dir = project({ Tiltfile: locals(200, i => `local_resource('r${i}', cmd='true', auto_init=False)`) });
      const tilt = start(command, ['up', '--stream', '--port', port], dir);
      await tilt.wait(/Successfully loaded Tiltfile/);
      await sleep(1000);
      const took = Array.from({ length: 9 }, () => once(command, ['get', 'uiresources', '--port', port], dir).ms);
      await tilt.stop();
      return { ms: median(took), min: Math.min(...took) };
    },
  },
  'api-flood': {
    reach: 'list of 1,000 under 20 ms; 50 watchers, 1,000 updates a second, none lost',
    async run(command) {
      const tilt = await up(command, project({ Tiltfile: locals(1) }));
      await tilt.wait(/Running cmd/);
      await sleep(500);
      const api = connect(stateDirectory);
      const at = '/apis/tilt.dev/v1alpha1/configmaps';
      const object = i => ({
        apiVersion: 'tilt.dev/v1alpha1',
        kind: 'ConfigMap',
        metadata: { name: `c${i}`, ...(i < 8 ? { labels: { written: 'yes' } } : {}) },
        data: { n: '0', text: 'x'.repeat(200) },
      });
      for (let i = 0; i < 1000; i++) await api.request('POST', at, object(i));
      const lists = [];
      for (let i = 0; i < 9; i++) {
        const began = performance.now();
        await api.request('GET', at);
        lists.push(performance.now() - began);
      }
      const written = 8;
      const perObject = 1000;
      const last = /"name":"c(\d+)".*"n":"(\d+)"|"n":"(\d+)".*"name":"c(\d+)"/;
      const watchers = Array.from({ length: 50 }, () => new Map());
      let reordered = 0;
      for (const seen of watchers)
        await api.watch(`${at}?watch=1&labelSelector=written`, event => {
          const [, name, n, otherN, otherName] = last.exec(event);
          const object = name ?? otherName;
          const expected = seen.has(object) ? seen.get(object) + 1 : 0;
          if (Number(n ?? otherN) !== expected) reordered++;
          seen.set(object, Number(n ?? otherN));
        });
      const bodies = Array.from({ length: perObject }, (_, i) => JSON.stringify({ data: { n: String(i + 1) } }));
      const began = performance.now();
      const failures = await Promise.all(
        Array.from({ length: written }, (_, i) =>
          api.pipeline('PATCH', `${at}/c${i}`, bodies, 'application/merge-patch+json'),
        ),
      );
      const perSecond = ((written * perObject) / (performance.now() - began)) * 1000;
      const isBehind = seen => Array.from({ length: written }).some((_, i) => seen.get(String(i)) !== perObject);
      for (let i = 0; i < 400 && watchers.some(isBehind); i++) await sleep(50);
      const deliveredPerSecond = ((written * perObject) / (performance.now() - began)) * 1000;
      const lost = watchers.filter(isBehind).length;
      const failed = failures.reduce((sum, count) => sum + count, 0);
      const { rssMb } = usage(tilt.pid);
      return {
        ms: median(lists),
        perSecond,
        deliveredPerSecond,
        lost,
        reordered,
        failed,
        rssMb,
        ...(await tilt.stop()),
      };
    },
  },
  ...screenCases,
};
