// The compose command, asked only when a project cannot be loaded here: it knows the reason better, or a way (reference 2.6).

import { jsString } from '../starlark/index.ts';
import type { ComposeProject } from './compose-state.ts';
import type { Evaluation } from './evaluation.ts';
import { runCommand } from './run-command.ts';

const commandVariable = 'TILT_DOCKER_COMPOSE_CMD';

/**
 * The project as the command resolves it, as YAML. Throws with the command's own words; where there is no command, with
 * `cause`, what was wrong here.
 */
export function composeConfig(evaluation: Evaluation, project: ComposeProject, cause: Error): string {
  const args = [
    ...composeCommand(evaluation),
    ...['--project-name', project.name, '--project-directory', project.projectPath],
    ...(project.envFile === '' ? [] : ['--env-file', project.envFile]),
    ...project.profiles.flatMap(profile => ['--profile', profile]),
    ...project.configPaths.flatMap(file => ['-f', file]),
    'config',
  ];
  const result = evaluation.deps.host.run({ args, dir: evaluation.currentDir, env: [] });
  if (result.startError === undefined && result.exitCode === 0) return jsString(result.stdout);
  const why = result.startError ?? `exit status ${result.exitCode}`;
  const shown = args.map(arg => JSON.stringify(arg)).join(' ');
  const stderr = result.stderr === '' ? '' : `\nstderr: '${jsString(result.stderr)}'`;
  const own = result.startError === undefined ? '' : `\nwhat is wrong: ${cause.message}`;
  throw new Error(
    `command [${shown}] failed.\nerror: ${why}\nstdout: ${JSON.stringify(jsString(result.stdout))}${stderr}${own}`,
  );
}

/** `docker compose` where it works, else `docker-compose`. */
function composeCommand(evaluation: Evaluation): string[] {
  const own = evaluation.deps.env[commandVariable];
  if (own) return [own];
  try {
    const version = { args: ['docker', 'compose', 'version'], dir: evaluation.currentDir, env: [] };
    runCommand(evaluation, version, { echo: undefined, showsOutput: false });
    return ['docker', 'compose'];
  } catch {
    return ['docker-compose'];
  }
}
