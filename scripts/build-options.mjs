// What the build of the program and the build of the tests have in common.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

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

/** Some libraries are CommonJS and call require() when they are used. */
const banner =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);";

/** Takes the banner from the built files that never say require: each start would pay for every one. */
export function dropUnusedBanners(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('.mjs')) continue;
    const file = path.join(folder, name);
    const text = fs.readFileSync(file, 'utf8');
    const rest = text.replace(banner, '');
    if (rest !== text && !/\brequire\b/.test(rest)) fs.writeFileSync(file, rest);
  }
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
    banner: { js: banner },
  };
}
