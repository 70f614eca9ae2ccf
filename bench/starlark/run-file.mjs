// Runs one Starlark file as a whole process does: what the bench compares with another interpreter's executable.
import fs from 'node:fs';
import { EvalError, everythingAllowed, execFile, StaticErrors } from '../../dist/starlark.js';

const [filename] = process.argv.slice(2);
try {
  execFile({
    filename,
    source: fs.readFileSync(filename),
    options: everythingAllowed,
    print: text => console.log(text),
  });
} catch (error) {
  const known = error instanceof EvalError || error instanceof StaticErrors;
  console.error(error instanceof EvalError ? error.backtrace() : known ? error.message : error);
  process.exitCode = 1;
}
