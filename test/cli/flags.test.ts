// Flags by pflag's rules, and the flags of every command against the list of Tilt 0.37.
import fs from 'node:fs';
import test from 'ava';
import { commandTable } from '../../src/cli/command-table.ts';
import { type FlagSpec, parseArgs, parseGoInt, UsageError } from '../../src/cli/flags.ts';
import { globalFlags, withEnvDefaults } from '../../src/cli/shared-flags.ts';

const specs: readonly FlagSpec[] = [
  { name: 'file', short: 'f', type: 'string', default: 'Tiltfile', help: '' },
  { name: 'debug', short: 'd', type: 'bool', help: '' },
  { name: 'verbose', short: 'v', type: 'bool', help: '' },
  { name: 'port', type: 'int', default: 10350, help: '' },
  { name: 'timeout', type: 'duration', default: '30m0s', help: '' },
  { name: 'labels', short: 'l', type: 'strings', help: '' },
  { name: 'env', short: 'e', type: 'stringArray', help: '' },
  { name: 'cascade', type: 'string', default: 'background', noOptDefault: 'background', help: '' },
];

const shown = (args: readonly string[], interspersed = true): unknown => {
  const { flags, positionals, dashAt } = parseArgs(specs, args, { interspersed });
  const given: Record<string, unknown> = {};
  for (const { name, type } of specs) {
    if (!flags.has(name)) continue;
    if (type === 'bool') given[name] = flags.bool(name);
    else if (type === 'int') given[name] = flags.int(name);
    else if (type === 'duration') given[name] = flags.durationMs(name);
    else given[name] = type === 'string' ? flags.string(name) : flags.list(name);
  }
  return [given, positionals, ...(dashAt === undefined ? [] : [dashAt])];
};

const parsed: readonly [args: string, result: unknown][] = [
  ['', [{}, []]],
  ['--file x', [{ file: 'x' }, []]],
  ['--file=x', [{ file: 'x' }, []]],
  ['--file=', [{ file: '' }, []]],
  ['-f x', [{ file: 'x' }, []]],
  ['-fx', [{ file: 'x' }, []]],
  ['-f=x', [{ file: 'x' }, []]],
  ['-dv', [{ debug: true, verbose: true }, []]],
  ['-dfx', [{ debug: true, file: 'x' }, []]],
  ['--debug=false a', [{ debug: false }, ['a']]],
  ['--debug false', [{ debug: true }, ['false']]],
  ['a --port 1 b', [{ port: 1 }, ['a', 'b']]],
  ['--port 0x10', [{ port: 16 }, []]],
  ['--timeout 1m30s', [{ timeout: 90_000 }, []]],
  ['-l a,b -l c', [{ labels: ['a', 'b', 'c'] }, []]],
  ['-l "a,b",c', [{ labels: ['a,b', 'c'] }, []]],
  ['-e A=1,2 -e B', [{ env: ['A=1,2', 'B'] }, []]],
  ['--cascade x', [{ cascade: 'background' }, ['x']]],
  ['--cascade=orphan', [{ cascade: 'orphan' }, []]],
  ['a -- --port b', [{}, ['a', '--port', 'b'], 1]],
  ['-- -- x', [{}, ['--', 'x'], 0]],
  ['-', [{}, ['-']]],
  ['--file x --file y', [{ file: 'y' }, []]],
];
for (const [args, result] of parsed) {
  test(`parse: ${args}`, t => t.deepEqual(shown(args === '' ? [] : args.split(' ')), result));
}

test('flags end at the first positional where a command says so', t => {
  t.deepEqual(shown(['-d', 'name', 'echo', '-f', 'x'], false), [{ debug: true }, ['name', 'echo', '-f', 'x']]);
});

const refused: readonly [args: string, text: string][] = [
  ['--nope', 'unknown flag: --nope'],
  ['--nope=1', 'unknown flag: --nope'],
  ['-zq', "unknown shorthand flag: 'z' in -zq"],
  ['-dz', "unknown shorthand flag: 'z' in -z"],
  ['--file', 'flag needs an argument: --file'],
  ['-f', "flag needs an argument: 'f' in -f"],
  ['--port=x', 'invalid argument "x" for "--port" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  [
    '--debug=maybe',
    'invalid argument "maybe" for "-d, --debug" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  ['--timeout abc', 'invalid argument "abc" for "--timeout" flag: time: invalid duration "abc"'],
  ['---x', 'bad flag syntax: ---x'],
];
for (const [args, text] of refused) {
  test(`refuse: ${args}`, t =>
    t.is(t.throws(() => parseArgs(specs, args.split(' ')), { instanceOf: UsageError })?.message, text));
}

const ints: readonly [string, number | undefined][] = [
  ['0', 0],
  ['-7', -7],
  ['+7', 7],
  ['010', 8],
  ['0o10', 8],
  ['0b11', 3],
  ['1_000', 1000],
  ['', undefined],
  ['1__0', undefined],
  ['0x', undefined],
  ['1.5', undefined],
];
for (const [text, value] of ints) test(`int ${text}`, t => t.is(parseGoInt(text), value));

test('defaults of --host and --port come from the environment', t => {
  const flags = withEnvDefaults(
    [
      { name: 'host', type: 'string', default: 'localhost', help: '' },
      { name: 'port', type: 'int', default: 10350, help: '' },
    ],
    { TILT_HOST: 'h', TILT_PORT: '7' },
  );
  t.deepEqual(
    flags.map(flag => flag.default),
    ['h', 7],
  );
});

/** Ours beyond Tilt, each of them on purpose. */
const additions: Record<string, readonly string[]> = { down: ['wait'] };

function describe({ name, short, type, default: value }: FlagSpec): string {
  const head = short ? `-${short}/--${name}` : `--${name}`;
  if (type === 'bool') return head;
  const isSet = value !== undefined && value !== '' && value !== 0;
  return `${head} ${type}${isSet ? `=${type === 'string' ? JSON.stringify(value) : value}` : ''}`;
}

test('every command has the flags of Tilt 0.37, with their types and defaults', async t => {
  const reference = new Map(
    fs
      .readFileSync('test/cli/flag-reference.txt', 'utf8')
      .trim()
      .split('\n')
      .map(line => [line.slice('tilt '.length, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
  );
  for (const entry of commandTable) {
    const name = entry.path.join(' ');
    const wanted = reference.get(name);
    if (wanted === undefined) continue;
    const { command } = await entry.load();
    const own = command.flags
      .filter(flag => !flag.hidden && !additions[name]?.includes(flag.name))
      .map(describe)
      .sort();
    t.deepEqual(own, wanted === '' ? [] : wanted.split(/ (?=-)/).sort(), name);
    reference.delete(name);
  }
  t.deepEqual([...reference.keys()], [], 'commands that Tilt has and we do not');
  t.deepEqual(globalFlags.map(describe), ['-d/--debug', '--klog int', '-v/--verbose']);
});

test("the table's summaries are the commands' own, and every flag has a help text", async t => {
  for (const entry of commandTable) {
    const { command } = await entry.load();
    t.is(command.summary, entry.summary, entry.path.join(' '));
    for (const flag of command.flags) t.not(flag.help, '', `${entry.path.join(' ')} --${flag.name}`);
  }
});
