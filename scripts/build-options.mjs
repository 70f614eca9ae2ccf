// What the build of the program and the build of the tests have in common.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** The day of the last commit, so that two builds of one commit are equal; today where there is no repository. */
function buildDate() {
  try {
    const out = execFileSync('git', ['log', '-1', '--format=%cs'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (/^\d{4}-\d\d-\d\d$/.test(out.trim())) return out.trim();
  } catch {
    // not a repository
  }
  return new Date().toISOString().slice(0, 10);
}

/** esbuild options; the working directory is the project's root. */
export function sharedOptions() {
  const pkg = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  return {
    bundle: true,
    platform: 'node',
    format: 'esm',
    // jsonc-parser's CommonJS form cannot be bundled.
    mainFields: ['module', 'main'],
    target: 'node20.19',
    define: {
      'globalThis.TILT_VERSION': JSON.stringify(pkg.version),
      'globalThis.TILT_BUILD_DATE': JSON.stringify(buildDate()),
    },
    logLevel: 'warning',
    // Some libraries are CommonJS and call require() when they are used.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
  };
}
