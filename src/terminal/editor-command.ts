// How editors are told to open a file at a line. Each has its own way; those that are not known get `+LINE`, which most take.

export interface EditorPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number | undefined;
}

const gotoEditors = /^(?:code|code-insiders|codium|cursor|windsurf)$/;
const colonEditors = /^(?:hx|helix|zed|subl|atom|micro)$/;
const jetbrains = /^(?:idea|goland|pycharm|webstorm|rubymine|clion|phpstorm)$/;

/** The words of the command; `editor` is what VISUAL or EDITOR say, a program with arguments of its own perhaps. */
export function editorCommand(editor: string, { file, line, column }: EditorPlace): string[] {
  const words = editor.trim().split(/\s+/).filter(Boolean);
  const [program = 'vi', ...own] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  const place = `${file}:${line}${column === undefined ? '' : `:${column}`}`;
  if (gotoEditors.test(name)) return [program, ...own, '--goto', place];
  if (colonEditors.test(name)) return [program, ...own, place];
  if (jetbrains.test(name)) return [program, ...own, '--line', String(line), file];
  return [program, ...own, `+${line}`, file];
}
