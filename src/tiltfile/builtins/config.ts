// config.*: settings from the command line and tilt_config.json, and which resources run (reference 2.8).
import path from 'node:path';
import { type Builtin, None, starlarkString, type Value } from '../../starlark/index.ts';
import type { SettingType } from '../config-definitions.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { sequence, stringsOf } from '../parameters.ts';
import type { LoadRequest } from '../result.ts';
import { TiltModule } from '../tilt-module.ts';

const settingsFile = 'tilt_config.json';

function define(name: string, type: SettingType): Builtin {
  const fullName = `config.${name}`;
  return defineBuiltin(
    fullName,
    [
      { name: 'name', type: 'string' },
      { name: 'args', type: 'bool', default: false },
      { name: 'usage', type: 'string', default: '' },
    ],
    (thread, args) => {
      evaluationOf(thread).config.define(fullName, args.name, { type, usage: args.usage }, args.args);
      return None;
    },
  );
}

const parse = defineBuiltin('config.parse', [], thread => {
  const evaluation = evaluationOf(thread);
  const { config, currentDir } = evaluation;
  if (config.parsedIn !== undefined && config.parsedIn !== currentDir) {
    throw new Error(
      `config.parse can only be called from one Tiltfile working directory per run. It was called from ${config.parsedIn} and ${currentDir}`,
    );
  }
  config.parsedIn = currentDir;
  config.isParsed = true;
  const file = path.join(currentDir, settingsFile);
  evaluation.recordRead(file);
  const { disk, request } = evaluation.deps;
  const text = disk.stat(file) ? disk.readFile(file).toString('utf8') : undefined;
  return config.parse(file, text, request.args);
});

const setEnabled = defineBuiltin(
  'config.set_enabled_resources',
  [{ name: 'resources', unpack: sequence }],
  (thread, args) => {
    // An empty list is no choice at all (reference 7, row 15).
    const names = stringsOf(args.resources, 'resources must be a list of string');
    evaluationOf(thread).config.enabled = names.length > 0 ? names : undefined;
    return None;
  },
);

const clearEnabled = defineBuiltin('config.clear_enabled_resources', [], thread => {
  evaluationOf(thread).config.enabled = 'none';
  return None;
});

/** Names of this topic. */
export function configBuiltins(request: LoadRequest): Record<string, Value> {
  return {
    config: new TiltModule('config', {
      define_string: define('define_string', 'string'),
      define_string_list: define('define_string_list', 'string_list'),
      define_bool: define('define_bool', 'bool'),
      define_object: define('define_object', 'object'),
      parse,
      set_enabled_resources: setEnabled,
      clear_enabled_resources: clearEnabled,
      tilt_subcommand: starlarkString(request.subcommand),
      main_path: starlarkString(request.path),
      main_dir: starlarkString(path.dirname(request.path)),
    }),
  };
}
