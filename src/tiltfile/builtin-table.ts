// Every name that a Tiltfile sees, by topic. A new topic is a file in builtins/ and a line here.
import type { Value } from '../starlark/index.ts';
import { configBuiltins } from './builtins/config.ts';
import { controlBuiltins } from './builtins/control.ts';
import { fileBuiltins } from './builtins/files.ts';
import { localResourceBuiltins } from './builtins/local-resource.ts';
import { osBuiltins } from './builtins/os.ts';
import { settingsBuiltins } from './builtins/settings.ts';
import type { Loader } from './loader.ts';
import type { Prepared } from './prepare-load.ts';
import type { LoadRequest } from './result.ts';

export interface NamesInput {
  readonly request: LoadRequest;
  readonly env: Record<string, string | undefined>;
  /** The loader of this run; it is made after the names that use it. */
  readonly loader: () => Loader;
  readonly prepared: Prepared;
}

/** What a Tiltfile sees besides the names of the language. */
export function tiltfileNames(input: NamesInput): Record<string, Value> {
  const { request, env } = input;
  return {
    ...controlBuiltins(),
    ...fileBuiltins(),
    ...localResourceBuiltins(),
    ...osBuiltins({ env, argv: request.argv, executable: request.executable }),
    ...configBuiltins(request),
    ...settingsBuiltins(),
    ...input.prepared.deployments?.builtins(),
    ...input.loader().builtins(),
  };
}
