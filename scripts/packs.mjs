// Builds the packs of commands that must start at once (src/adapters/code/packed-code.ts): the same modules as in dist/, as
// scripts, with V8's compiled code for the Node that builds.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { sharedOptions } from './build-options.mjs';

/** As packed-code.ts opens them. */
const scripts = ['first.js', 'more.js', 'rest.js'];
/** An exercise takes a second or two. */
const exerciseLimitMs = 120_000;
const evaluation = [['alpha', 'tiltfile-result']];

/**
 * By name: the modules that it begins with (the command line first), those that the second script begins with where the
 * rest is to be a third one, and by script, after which Tiltfile and command lines its code is kept.
 */
const packs = {
  'tiltfile-result': {
    entries: ['src/cli/root.ts', 'src/cli/commands/alpha-tiltfile-result.ts'],
    exercises: {
      'first.js': { tiltfile: ['local'], commands: evaluation },
      'more.js': { tiltfile: ['local', 'deploy'], commands: evaluation },
    },
  },
  get: {
    entries: ['src/cli/root.ts', 'src/cli/commands/get.ts', 'src/cli/objects/get.ts'],
    exercises: {
      'first.js': { commands: [['get', 'uiresources']] },
      'more.js': {
        commands: [
          ['get', 'uiresources', '-o', 'json'],
          ['get', 'uiresource', 'res-1', '-o', 'yaml'],
          ['get', 'uiresource', 'res-1', '-o', 'jsonpath={.status.updateStatus}'],
          ['get', 'uiresources', '-o', 'name'],
        ],
      },
    },
  },
  version: {
    entries: ['src/cli/root.ts', 'src/cli/commands/version.ts'],
    exercises: { 'first.js': { commands: [['version']] } },
  },
  session: {
    entries: ['src/cli/root.ts', 'src/cli/commands/up.ts', 'src/cli/starter-tiltfile.ts', 'src/cli/screen-run.ts'],
    more: ['src/cli/screen-session.ts', 'src/cli/stream-run.ts', 'src/cli/commands/ci.ts'],
    exercises: {
      'first.js': { tiltfile: ['many'], screen: true, commands: [['up', '--port', '0']] },
      'more.js': { tiltfile: ['many'], screen: true, commands: [['up', '--port', '0']] },
      'rest.js': { tiltfile: ['many'], screen: true, commands: [['up', '--port', '0']] },
    },
  },
  'tiltfile-worker': {
    entries: ['src/tiltfile/worker.ts'],
    exercises: {
      'first.js': { tiltfile: ['many'], worker: true },
      'more.js': { tiltfile: ['many', 'deploy'], worker: true },
    },
  },
  down: {
    entries: ['src/cli/root.ts', 'src/cli/commands/down.ts'],
    exercises: {
      'first.js': { tiltfile: ['local', 'deploy'], commands: [['down']] },
      'more.js': { tiltfile: ['local', 'deploy'], commands: [['down']] },
    },
  },
};

const samples = {
  many: Array.from({ length: 40 }, (_, i) => `local_resource('r${i}', 'true', labels=['l${i % 3}'])\n`).join(''),
  local: "local_resource('a', 'echo hi')\n",
  deploy: `docker_build('img', '.', live_update=[sync('.', '/app')])
k8s_yaml(encode_yaml_stream(decode_yaml_stream(read_file('all.yaml'))))
k8s_resource('web', port_forwards=8000)
`,
};
const sampleYaml = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: img}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** Writes dist/packs/NAME/. The modules of a pack are built alike but for the banner, which a script needs not. */
export async function buildPacks(dist, options) {
  for (const [name, { entries, more = [], exercises }] of Object.entries(packs)) {
    const folder = path.join(dist, 'packs', name);
    fs.mkdirSync(folder, { recursive: true });
    const { outputFiles, metafile } = await build({
      ...sharedOptions(),
      ...options,
      banner: {},
      entryPoints: Object.fromEntries([...entries, ...more].map((file, i) => [`entry-${i}`, file])),
      outdir: folder,
      write: false,
      metafile: true,
    });
    const modules = new Map();
    for (const file of outputFiles) modules.set(nameOf(folder, file.path), await asScript(folder, file));
    const names = [...entries, ...more].map((_, i) => `./entry-${i}.js`);
    const statics = ['import-statement'];
    const steps = [
      closure(metafile, folder, { from: names.slice(0, entries.length), kinds: statics }),
      ...(more.length > 0 ? [closure(metafile, folder, { from: names, kinds: statics })] : []),
      closure(metafile, folder, { from: names, kinds: [...statics, 'dynamic-import'] }),
    ];
    const written = new Set();
    for (const [i, step] of steps.entries()) {
      const added = [...modules].filter(([module]) => step.has(module) && !written.has(module));
      for (const [module] of added) written.add(module);
      if (added.length > 0) write(folder, scripts[i], added);
    }
    await makeCode(folder, exercises);
  }
}

function nameOf(folder, file) {
  return `./${path.relative(folder, file).split(path.sep).join('/')}`;
}

/** One module as the body of a function. Names of other modules become those that the pack knows; Node's come from the loader. */
async function asScript(folder, file) {
  const at = path.dirname(path.relative(folder, file.path));
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    charset: 'ascii',
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta': '__meta' },
  });
  return withPlainExports(code)
    .replace(/__toESM\(require\("(node:[^"]+)"\)(?:, ?1)?\)/g, '__builtin("$1")')
    .replace(/require\("(\.[^"]+)"\)/g, (_, to) => `require("./${path.posix.join(at, to)}")`);
}

/**
 * esbuild gives exports through getters, for the sake of variables that change later and of modules in a circle. They cost
 * at the start and at each use, so what is set once becomes an ordinary property, when the module has run.
 */
function withPlainExports(code) {
  const given = /__export\(stdin_exports,\{([^}]*)\}\);module\.exports=__toCommonJS\(stdin_exports\);/.exec(code);
  if (!given) return code;
  const rest = code.slice(0, given.index) + code.slice(given.index + given[0].length);
  const members = given[1]
    .split(',')
    .filter(Boolean)
    .map(member => {
      const [name, local] = member.split(':()=>');
      return /^[\w$]+$/.test(local) && isSetOnce(rest, local) ? `${name}:${local}` : `get ${name}(){return ${local}}`;
    });
  // Without the mark who asks for the default export gets all exports.
  const mark = given[1].split(',').some(member => member.startsWith('default:')) ? '__esModule:!0,' : '';
  return `${rest}\nmodule.exports={${mark}${members.join(',')}};`;
}

/** True when the module surely sets the name where it declares it, and nowhere else. */
function isSetOnce(code, local) {
  const name = local.replaceAll('$', '\\$');
  const count = pattern => [...code.matchAll(new RegExp(pattern, 'g'))].length;
  const assignments = count(`(?<![\\w$.])${name}(?:\\+\\+|--|[-+*/%&|^?<>]*=(?![=>]))|(?:\\+\\+|--)${name}(?![\\w$])`);
  if (count(`(?:function\\*? ?|class )${name}(?![\\w$])`) === 1) return assignments === 0;
  const isDeclaredEmpty = count(`(?:var |let |,)${name}(?=[,;])`) > 0;
  return assignments === 1 && !isDeclaredEmpty && count(`(?:var |let |const |,)${name}=`) === 1;
}

/** Other commands, which all are named by the table of commands, are no part of a pack. */
const otherCommands = /^src\/cli\/commands\//;

/** The modules that the given ones import in one of these ways. */
function closure(metafile, folder, { from, kinds }) {
  const byName = new Map(
    Object.entries(metafile.outputs).map(([file, output]) => [nameOf(folder, path.resolve(file)), output]),
  );
  const reached = new Set();
  const walk = name => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { path: next, kind } of byName.get(name)?.imports ?? [])
      if (
        kinds.includes(kind) &&
        metafile.outputs[next] &&
        !otherCommands.test(metafile.outputs[next].entryPoint ?? '')
      )
        walk(nameOf(folder, path.resolve(next)));
  };
  for (const name of from) walk(name);
  return reached;
}

function write(folder, file, modules) {
  const parts = modules.map(
    ([name, code]) => `${JSON.stringify(name)}(module,require,__meta,__builtin){var exports=module.exports;${code}\n}`,
  );
  const hash = crypto.createHash('sha256').update(parts.join()).digest('hex').slice(0, 16);
  // V8 knows whose its code is by the length of the text alone; the build removes code of other texts.
  fs.writeFileSync(path.join(folder, file), `/* ${hash} */({${parts.join(',')}})`);
}

/** Runs the exercises, each in a Node of its own, and keeps what V8 compiled for them. */
async function makeCode(folder, exercises) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-pack-'));
  try {
    const loader = path.join(work, 'packed-code.mjs');
    await build({ ...sharedOptions(), entryPoints: ['src/adapters/code/packed-code.ts'], outfile: loader });
    fs.writeFileSync(path.join(work, 'all.yaml'), sampleYaml);
    fs.writeFileSync(path.join(work, 'Dockerfile'), 'FROM scratch\n');
    for (const [script, { tiltfile = [], ...exercise }] of Object.entries(exercises)) {
      if (!fs.existsSync(path.join(folder, script))) continue;
      fs.writeFileSync(path.join(work, 'Tiltfile'), tiltfile.map(part => samples[part]).join(''));
      const args = [loader, path.resolve(folder), script, JSON.stringify(exercise)];
      execFileSync(process.execPath, [path.resolve('scripts/make-code.mjs'), ...args], {
        cwd: work,
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: exerciseLimitMs,
        env: {
          PATH: process.env.PATH,
          HOME: work,
          KUBECONFIG: path.join(work, 'kubeconfig'),
          TILT_DEV_DIR: work,
          TERM: 'xterm-256color',
          COLORTERM: 'truecolor',
          DO_NOT_TRACK: '1',
        },
      });
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
