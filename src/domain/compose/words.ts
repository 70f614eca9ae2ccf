/** A command line as words, with quotes and backslashes as a shell reads them. Throws for a quote without its end. */
export function splitWords(text: string): string[] {
  if (!/^(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^"'\\])*$/.test(text))
    throw new Error('invalid command line string');
  const words: string[] = [];
  for (const match of text.matchAll(/(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\])+/g)) {
    words.push(
      match[0].replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g, (_whole, double, single, escaped) => {
        if (double !== undefined) return (double as string).replace(/\\(["\\$`])/g, '$1');
        return (single ?? escaped) as string;
      }),
    );
  }
  return words;
}
