// Words for a POSIX shell.

/** One shell word that means exactly `word`; plain words stay plain. */
export function shellQuote(word: string): string {
  if (word !== '' && /^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
