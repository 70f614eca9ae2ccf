// A test with a project of its own that is cleared away however the test ends.
import type { ExecutionContext } from 'ava';
import { makeProject, type Project } from './tilt-process.ts';

export function withProject(
  files: Readonly<Record<string, string>>,
  body: (t: ExecutionContext, project: Project) => Promise<void>,
) {
  return async (t: ExecutionContext): Promise<void> => {
    const project = await makeProject(files);
    t.teardown(() => project.dispose());
    await body(t, project);
  };
}
