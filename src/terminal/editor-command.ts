// How editors are told to open a file at a line. Each has its own way; those that are not known get `+LINE`, which most take.
import { splitArgs } from '../base/split-args.ts';

export interface EditorPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number | undefined;
}

const gotoEditors = /^(?:code|code-insiders|codium|cursor|windsurf)$/;
const colonEditors = /^(?:hx|helix|zed|subl|atom|micro)$/;
const commaEditors = /^nano$/;
const plusEditors = /^(?:emacs|emacsclient|kak)$/;
/** Plain vi has no such call. */
const vims = /^n?vim$/;
const jetbrains = /^(?:idea|goland|pycharm|webstorm|rubymine|clion|phpstorm)$/;

/** The words of the command; `editor` is what VISUAL or EDITOR say, words as a shell has them. Throws where a quote has no end. */
export function editorCommand(editor: string, { file, line, column }: EditorPlace): string[] {
  const [program = 'vi', ...own] = splitArgs(editor);
  const name = program.slice(program.lastIndexOf('/') + 1);
  const place = `${file}:${line}${column === undefined ? '' : `:${column}`}`;
  if (gotoEditors.test(name)) return [program, ...own, '--goto', place];
  if (colonEditors.test(name)) return [program, ...own, place];
  if (jetbrains.test(name)) return [program, ...own, '--line', String(line), file];
  if (column !== undefined && commaEditors.test(name)) return [program, ...own, `+${line},${column}`, file];
  if (column !== undefined && plusEditors.test(name)) return [program, ...own, `+${line}:${column}`, file];
  if (column !== undefined && vims.test(name)) return [program, ...own, `+call cursor(${line},${column})`, file];
  return [program, ...own, `+${line}`, file];
}
