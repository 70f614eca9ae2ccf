// `npm run bench`: one row a case. Against another command line, both run in turn and the ratio is what counts:
//   npm run bench -- --only ci-100,log-flood --runs 3 --against "/path/to/tilt"
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cases } from './cases.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '3' },
    against: { type: 'string' },
    tilt: { type: 'string' },
    list: { type: 'boolean' },
  },
});
const own =
  values.tilt ??
  `${process.execPath} ${path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'dist', 'tilt.js')}`;
const wanted = values.only?.split(',');
if (values.list) {
  console.log(Object.keys(cases).join('\n'));
  process.exit(0);
}

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const shown = value => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10);

/** The median of each figure over the runs. */
function medians(results) {
  const names = [...new Set(results.flatMap(Object.keys))];
  return Object.fromEntries(
    names.map(name => [name, median(results.map(r => r[name]).filter(v => typeof v === 'number'))]),
  );
}

for (const [name, { run, reach }] of Object.entries(cases)) {
  if (wanted && !wanted.includes(name)) continue;
  const results = { own: [], other: [] };
  const errors = [];
  for (let i = 0; i < Number(values.runs); i++) {
    for (const side of values.against ? ['own', 'other'] : ['own']) {
      try {
        results[side].push(await run(side === 'own' ? own : values.against));
      } catch (error) {
        errors.push(`${side}: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}`);
      }
    }
  }
  const a = medians(results.own);
  const b = medians(results.other);
  const figures = Object.entries(a).map(([key, value]) => {
    const ratio = b[key] ? ` (other ${shown(b[key])}, ratio ${(value / b[key]).toFixed(2)})` : '';
    return `${key}=${shown(value)}${ratio}`;
  });
  console.log(
    `${name.padEnd(16)} ${figures.join('  ')}${reach ? `   reach: ${reach}` : ''}${errors.length > 0 ? `   ${errors.join('; ')}` : ''}`,
  );
}
