// A page of Markdown for every command (`tilt dump cli-docs`), made of its help.

export interface Page {
  readonly file: string;
  readonly text: string;
}

/** The page of the command at `path` ([] for the program) from its help. */
export function commandPage(path: readonly string[], help: string): Page {
  const words = ['tilt', ...path];
  const at = help.indexOf('Usage:\n');
  const [intro, usage] = [help.slice(0, at).trim(), help.slice(at).trim()];
  const head = '---\ntitle: Tilt CLI Reference\nlayout: docs\n---\n';
  return {
    file: `${words.join('_')}.md`,
    text: `${head}## ${words.join(' ')}\n\n${intro}\n\n\`\`\`\n${usage}\n\`\`\`\n`,
  };
}
