// Where one document of a YAML file ends and the next begins, by lines, before any of them is read: a document that is
// broken does not hide where the others are.
import { YamlError } from './read-yaml.ts';

/**
 * Documents of a stream: a line of `---`, alone or with a comment, ends one; where there is nothing to end, it is the
 * first line of the next one (its lines are counted so). The last line gets a line end. Throws YamlError.
 */
export function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let start = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('---', lineStart)) {
      checkSeparator(text.slice(lineStart + 3, lineEnd).trim());
      if (lineStart > start) {
        documents.push(text.slice(start, lineStart));
        start = lineEnd;
      }
    }
    lineStart = lineEnd;
  }
  if (start < text.length) documents.push(text.endsWith('\n') ? text.slice(start) : `${text.slice(start)}\n`);
  return documents;
}

function checkSeparator(rest: string): void {
  if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`invalid Yaml document separator: ${rest}`);
}
