import test from 'ava';
import { parseDotenv } from '../../src/domain/compose/dotenv.ts';
import { fillIn } from '../../src/domain/compose/interpolate.ts';
import { loadComposeProject } from '../../src/domain/compose/load-project.ts';
import { splitWords } from '../../src/domain/compose/words.ts';
import { loadYamlLibrary } from '../../src/domain/yaml/library.ts';

test.before(loadYamlLibrary);

function load(
  files: Readonly<Record<string, string>>,
  more: { profiles?: string[]; env?: Record<string, string> } = {},
) {
  const read = (file: string): string => {
    const text = files[file.replace('/p/', '')];
    if (text === undefined) throw new Error(`open ${file}: no such file or directory`);
    return text;
  };
  const configPaths = Object.keys(files).filter(file => /^compose.*yml$/.test(file));
  return loadComposeProject(
    {
      configPaths: configPaths.map(file => `/p/${file}`),
      projectPath: '/p',
      envFile: '',
      profiles: more.profiles ?? [],
      env: { HOME: '/home/me', ...more.env },
    },
    { read, exists: file => Object.hasOwn(files, file.replace('/p/', '')) },
  );
}

const one = (service: string, files: Record<string, string> = {}, env: Record<string, string> = {}) =>
  load({ 'compose.yml': `services:\n  a: ${service}\nvolumes: {data: }\n`, ...files }, { env }).get('a');

const networks = { default: null };

const services: readonly (readonly [given: string, long: object])[] = [
  ['{image: x}', { image: 'x', networks }],
  [
    '{image: x, ports: ["8080:80", "127.0.0.1:9000:9000", "53:53/udp", 99]}',
    {
      image: 'x',
      networks,
      ports: [
        { mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' },
        { mode: 'ingress', host_ip: '127.0.0.1', target: 9000, published: '9000', protocol: 'tcp' },
        { mode: 'ingress', target: 53, published: '53', protocol: 'udp' },
        { mode: 'ingress', target: 99, protocol: 'tcp' },
      ],
    },
  ],
  [
    '{image: x, volumes: [".:/app:ro", "/anon", "data:/d/", "~/f:/f"]}',
    {
      image: 'x',
      networks,
      volumes: [
        { type: 'bind', source: '/p', target: '/app', read_only: true, bind: {} },
        { type: 'volume', target: '/anon' },
        { type: 'volume', source: 'data', target: '/d', volume: {} },
        { type: 'bind', source: '/home/me/f', target: '/f', bind: {} },
      ],
    },
  ],
  ['{image: x, command: npm run "dev server"}', { image: 'x', networks, command: ['npm', 'run', 'dev server'] }],
  [
    '{image: x, environment: [A=1, HOME, NO]}',
    { image: 'x', networks, environment: { A: '1', HOME: '/home/me', NO: null } },
  ],
  ['{build: ./b}', { build: { context: '/p/b', dockerfile: 'Dockerfile' }, networks }],
  [
    '{image: x, network_mode: host, mem_limit: 512m, stop_grace_period: 90s}',
    { image: 'x', network_mode: 'host', mem_limit: '536870912', stop_grace_period: '1m30s' },
  ],
  ['{image: x, healthcheck: {test: curl x}}', { image: 'x', networks, healthcheck: { test: ['CMD-SHELL', 'curl x'] } }],
];

for (const [given, long] of services) test(`service ${given}`, t => t.deepEqual(one(given), long as never));

test('files merge: maps by key, lists add up, commands are replaced', t => {
  const project = load({
    'compose.yml': 'services: {a: {image: x, command: one, environment: {A: 1, B: 1}, ports: ["80:80"]}}',
    'compose.two.yml': 'services: {a: {command: two, environment: [B=2], ports: ["81:81"]}, b: {image: y}}',
  });
  const a = project.get('a') as Record<string, unknown>;
  t.deepEqual(a['command'], ['two']);
  t.deepEqual(a['environment'], { A: '1', B: '2' });
  t.is((a['ports'] as unknown[]).length, 2);
  t.deepEqual([...project.keys()], ['a', 'b']);
});

test('a service extends one of another file, whose paths stay its own', t => {
  const project = load({
    'compose.yml': 'services: {a: {extends: {service: base, file: lib/base.yml}, environment: {Z: 5}}}',
    'lib/base.yml': 'services: {base: {image: base, environment: {Z: 1, Q: q}, volumes: ["./rel:/rel"]}}',
  });
  t.like(project.get('a'), { image: 'base', environment: { Z: '5', Q: 'q' } });
  t.like(project.get('a'), { volumes: [{ source: '/p/lib/rel' }] });
});

test('includes bring services with paths of their own', t => {
  const project = load({
    'compose.yml': 'include: [sub/inner.yml]\nservices: {a: {image: x, depends_on: [in]}}',
    'sub/inner.yml': 'services: {in: {build: .}}',
  });
  t.like(project.get('in'), { build: { context: '/p/sub' } });
  t.like(project.get('a'), { depends_on: { in: { condition: 'service_started', required: true } } });
});

test('services of profiles that are not active are left out', t => {
  const files = { 'compose.yml': 'services: {a: {image: x}, d: {image: y, profiles: [debug]}}' };
  t.deepEqual([...load(files).keys()], ['a']);
  t.deepEqual([...load(files, { profiles: ['debug'] }).keys()], ['a', 'd']);
});

test('.env gives way to the environment, and env_file to environment', t => {
  const files = { '.env': 'TAG=dot\nB=b', 'a.env': 'K=file\nA=file' };
  const service = one('{image: "x:$TAG", env_file: a.env, environment: {A: "$B"}}', files);
  t.like(service, { image: 'x:dot', environment: { A: 'b', K: 'file' } });
  t.like(one('{image: "x:$TAG"}', files, { TAG: 'env' }), { image: 'x:env' });
});

const refused: readonly (readonly [text: string, message: RegExp])[] = [
  ['services: []', /services must be a mapping/],
  ['services: {a: {image: x, depends_on: [b]}}', /depends on undefined service "b"/],
  ['services: {a: {extends: b}}', /service "b" not found/],
  ['services: {a: {extends: a}}', /Circular reference/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Compose's own variables
  ['services: {a: {image: "${X:?say it}"}}', /required variable X is missing a value: say it/],
  ['services: {a: {image: x, env_file: no.env}}', /env file \/p\/no.env not found/],
];

for (const [text, message] of refused)
  test(`refused: ${text}`, t => void t.throws(() => load({ 'compose.yml': text }), { message }));

test('variables', t => {
  const values = new Map([
    ['A', 'a'],
    ['E', ''],
  ]);
  const fill = (text: string): string => fillIn(text, name => values.get(name));
  const cases: readonly (readonly [string, string])[] = [
    ['$A-$$A', 'a-$A'],
    ['$' + '{E:-d}$' + '{E-d}', 'd'],
    ['$' + '{N:-x$' + '{A}}', 'xa'],
    ['$' + '{A:+y}$' + '{N:+y}', 'y'],
    ['$N', ''],
  ];
  for (const [text, filled] of cases) t.is(fill(text), filled, text);
  t.throws(() => fill('$' + '{'), { message: /invalid interpolation format/ });
});

test('.env files', t => {
  const text = 'A=1\nexport B="x\\ny" # c\nC=\'$A\'\nD=$A-z # c\n# no\nE=\nHOME\nF: yaml';
  const values = parseDotenv(text, name => (name === 'HOME' ? '/h' : undefined));
  t.deepEqual(Object.fromEntries(values), { A: '1', B: 'x\ny', C: '$A', D: '1-z', E: '', HOME: '/h', F: 'yaml' });
});

test('words of a command', t => {
  t.deepEqual(splitWords(`a "b c" 'd "e"' f\\ g "h\\"i"`), ['a', 'b c', 'd "e"', 'f g', 'h"i']);
});

const unknown: readonly (readonly [project: string, problem: string])[] = [
  ['services: {a: {image: x, nope: 1}}', "services.a additional properties 'nope' not allowed"],
  ['services: {a: {image: x}}\nnope: 1', " additional properties 'nope' not allowed"],
  ['services: {a: {image: x, build: {nope: 1}}}', "services.a.build additional properties 'nope' not allowed"],
  ['services: {a: {image: 5}}', 'services.a.image must be a string'],
  ['services: {a: {image: x, gpus: 1}}', 'services.a.gpus must be a string'],
  [
    'services: {a: {image: x, environment: {A: [1]}}}',
    'services.a.environment.A must be a boolean, null, number or string',
  ],
  [
    'services: {a: {image: x, depends_on: {b: {condition: no}}}}',
    "services.a.depends_on.b.condition value must be one of 'service_started', 'service_healthy', 'service_completed_successfully'",
  ],
  ['services: {a: {image: x, cpu_percent: 101}}', 'services.a.cpu_percent must be a string'],
  ['services: {a: {image: x, cap_add: [A, A]}}', 'services.a.cap_add items at 0 and 1 are equal'],
  ['services: {a: {image: x, develop: {watch: [{path: .}]}}}', "services.a.develop.watch.0 missing property 'action'"],
];

for (const [project, problem] of unknown)
  test(`refused: ${project}`, t => {
    t.throws(() => load({ 'compose.yml': project }), { message: `validating /p/compose.yml: ${problem}` });
  });

const inconsistent: readonly (readonly [project: string, problem: string])[] = [
  ['{a: {}}', 'service "a" has neither an image nor a build context specified: invalid compose project'],
  ['{a: {image: x, networks: [n]}}', 'service "a" refers to undefined network n: invalid compose project'],
  ['{a: {image: x, volumes: ["v:/v"]}}', 'service "a" refers to undefined volume v: invalid compose project'],
  ['{a: {image: x, secrets: [s]}}', 'service "a" refers to undefined secret s: invalid compose project'],
  ['{a: {image: x, models: [m]}}', 'service "a" refers to undefined model m: invalid compose project'],
  ['{a: {image: x, depends_on: [a]}}', 'dependency cycle detected: a -> a'],
  [
    '{a: {image: x, privileged: "\x24{NO:-maybe}"}}',
    'error while interpolating services.a.privileged: failed to cast to expected type: invalid boolean: maybe',
  ],
  [
    '{a: {image: x, hostname: "\x24{NO?it is needed}"}}',
    'error while interpolating services.a.hostname: required variable NO is missing a value: it is needed',
  ],
  ['{a: {image: x, ports: ["70000:80"]}}', 'invalid hostPort: 70000'],
  ['{a: {image: x, ports: ["1-3:1-2"]}}', 'invalid ranges specified for container and host Ports: 1-2 and 1-3'],
  [
    '{a: {image: x, mem_limit: lots}}',
    "decoding failed due to the following error(s):\n\n'services[a].mem_limit' invalid size: 'lots'",
  ],
];

for (const [project, problem] of inconsistent)
  test(`refused: services: ${project}`, t => {
    t.throws(() => load({ 'compose.yml': `services: ${project}` }), { message: problem });
  });

test('!reset takes away what the files before said, !override replaces it', t => {
  const project = load({
    'compose.yml': 'services: {a: {image: x, command: c, ports: ["80:80"], environment: {A: 1, B: 2}}, b: {image: y}}',
    'compose.two.yml':
      'services:\n  a:\n    command: !reset null\n    ports: !override ["81:81"]\n    environment:\n      A: !reset null\n  b: !reset null\n',
  });
  t.deepEqual([...project.keys()], ['a']);
  const a = project.get('a') as Record<string, unknown>;
  t.is(a['command'], undefined);
  t.deepEqual(a['environment'], { B: '2' });
  t.deepEqual(a['ports'], [{ mode: 'ingress', protocol: 'tcp', target: 81, published: '81' }]);
});

test('models, gpus, provider and develop in their long form', t => {
  const project = load({
    'compose.yml':
      'services:\n  a: {image: x, models: [m], gpus: all, develop: {watch: [{path: ./s, action: rebuild}]}}\n  p: {provider: {type: t, options: {k: v}}}\nmodels: {m: {model: ai/x}}\n',
  });
  t.like(project.get('a'), { models: { m: null }, gpus: [{ count: -1 }], develop: { watch: [{ path: '/p/s' }] } });
  t.deepEqual(project.get('p') as unknown, { provider: { type: 't', options: { k: ['v'] } } });
});

test('texts where numbers and bools are wanted become these, and old words for bools are warned of', t => {
  t.like(one('{image: x, scale: "\x24{N:-3}", tty: "true", cpus: "0.5", init: "no"}'), {
    scale: 3,
    tty: true,
    cpus: 0.5,
    init: false,
  });
});
