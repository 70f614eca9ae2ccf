// Runs one Starlark file as a whole process does: what the bench compares with another interpreter's executable.
import fs from 'node:fs';
import { everythingAllowed, execFile, StarlarkEvalError, StaticErrors } from '../../dist/starlark.mjs';

const [filename] = process.argv.slice(2);
try {
  execFile({
    filename,
    source: fs.readFileSync(filename),
    options: everythingAllowed,
    print: text => console.log(text),
  });
} catch (error) {
  const known = error instanceof StarlarkEvalError || error instanceof StaticErrors;
  console.error(error instanceof StarlarkEvalError ? error.backtrace() : known ? error.message : error);
  process.exitCode = 1;
}
