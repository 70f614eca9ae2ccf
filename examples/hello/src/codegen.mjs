// Turns the list of greetings into the JSON that the server reads.
import fs from 'node:fs';
import path from 'node:path';

const [source, target] = process.argv.slice(2);
const greetings = fs
  .readFileSync(source, 'utf8')
  .split('\n')
  .filter(line => line.trim() !== '');
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `${JSON.stringify(greetings, null, 2)}\n`);
console.log(`${greetings.length} greetings -> ${target}`);
