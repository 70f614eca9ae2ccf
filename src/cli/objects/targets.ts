// Which objects a command line means: `TYPE`, `TYPE NAME...`, `TYPE/NAME...`, `TYPE,TYPE`.
import { findKind, type KindInfo } from '../../api/scheme.ts';
import { type ObjectFailure, wrongUse } from './words.ts';

export interface Target {
  readonly info: KindInfo;
  /** undefined: all of the kind (that the selectors select). */
  readonly name: string | undefined;
}

/** The kind of a word of the command line. Throws ObjectFailure. */
export function kindOfWord(word: string): KindInfo {
  const info = findKind(word);
  if (!info) throw wrongUse(`the server doesn't have a resource type "${word.split('.')[0]}"`);
  return info;
}

/** Reads the positionals of an object command. Throws ObjectFailure. */
export function parseTargets(command: string, words: readonly string[], hasSelector: boolean): readonly Target[] {
  if (words.some(word => word.includes('/'))) return pairs(command, words);
  const [types = '', ...names] = words;
  const infos = types
    .split(',')
    .filter(type => type !== '')
    .map(kindOfWord);
  if (infos.length === 0) throw noTargets();
  if (names.length > 0 && hasSelector) throw wrongUse('name cannot be provided when a selector is specified');
  const wanted = names.length === 0 ? [undefined] : names;
  return infos.flatMap(info => wanted.map(name => ({ info, name })));
}

function pairs(command: string, words: readonly string[]): readonly Target[] {
  return words.map(word => {
    const [type, name, ...more] = word.split('/') as [string, ...string[]];
    if (name === undefined) throw separateType(command);
    if (type === '' || name === '' || more.length > 0)
      throw wrongUse('arguments in resource/name form must have a single resource and name');
    return { info: kindOfWord(type), name };
  });
}

function separateType(command: string): ObjectFailure {
  const right = `tilt ${command} resource/<resource_name>`;
  const wrong = `tilt ${command} resource resource/<resource_name>`;
  return wrongUse(
    `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. '${right}' instead of '${wrong}'`,
  );
}

/** No object was named at all. */
export function noTargets(): ObjectFailure {
  return wrongUse(`You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`);
}
