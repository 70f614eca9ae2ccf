// Where one document of a YAML file ends and the next begins, by lines, before any of them is read: a document that is
// broken does not hide where the others are.
import { YamlError } from './read-yaml.ts';

/** Documents of a stream: a line of `---`, alone or with a comment, ends one. Empty documents are left out. Throws YamlError. */
export function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let start = 0;
  let lineStart = 0;
  const push = (end: number): void => {
    if (end > start) documents.push(text.slice(start, end));
  };
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('---', lineStart)) {
      checkSeparator(text.slice(lineStart + 3, lineEnd).trim());
      push(lineStart);
      start = lineEnd;
    }
    lineStart = lineEnd;
  }
  push(text.length);
  return documents;
}

function checkSeparator(rest: string): void {
  if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`invalid Yaml document separator: ${rest}`);
}
