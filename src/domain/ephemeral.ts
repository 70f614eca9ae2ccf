// Files that editors and tools make for a moment; changes of them never start a build (reference 4.15).

/** Patterns in dockerignore syntax, anchored at the root of the file system. */
export const ephemeralPatterns: readonly string[] = [
  // JetBrains: safe write, and the folder of its settings.
  '**/*___jb_old___',
  '**/*___jb_tmp___',
  '**/.idea/**',
  // Emacs: locks, autosaves, flymake.
  '**/.#*',
  '**/#*#',
  '**/flymake_*.*',
  // Vim: the write test, backups, swap files (further letters only after several are taken).
  '**/4913',
  '**/*~',
  '**/.*.swp',
  '**/.*.swx',
  '**/.*.swo',
  '**/.*.swn',
  // Kate.
  '**/.*.kate-swp',
  // Go's standard library looks at the umask with this.
  '**/*-go-tmp-umask',
];

const name =
  /(?:___jb_old___|___jb_tmp___|~|-go-tmp-umask)$|^\.#|^#.*#$|^flymake_.*\..*$|^4913$|^\..*\.(?:sw[pxon]|kate-swp)$/s;

/** Whether a path is one of them: the same answer as the patterns give, at a fraction of the cost. */
export function isEphemeral(path: string): boolean {
  if (path.includes('/.idea/')) return true;
  for (let end = path.length; end > 0; ) {
    const slash = path.lastIndexOf('/', end - 1);
    // A pattern that matches a folder covers what is in it.
    if (name.test(path.slice(slash + 1, end))) return true;
    end = slash;
  }
  return false;
}
