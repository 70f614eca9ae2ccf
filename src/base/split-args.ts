// A line of words as a shell would take them apart: blanks, quotes, backslashes; no variables.

/** Throws with a sentence where a quote has no end. */
export function splitArgs(text: string): string[] {
  const args: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quote === "'" ? char === "'" : quote === '"' && char === '"') quote = '';
    else if (quote === "'") word += char;
    else if (char === '\\' && at + 1 < text.length) word = (word ?? '') + text[++at]!;
    else if (quote === '"') word += char;
    else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) args.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') throw new Error(`a ${quote} has no end`);
  return word === undefined ? args : [...args, word];
}

/** The other way round: a line that `splitArgs` gives the same words of. */
export function joinArgs(args: readonly string[]): string {
  return args.map(arg => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(' ');
}
