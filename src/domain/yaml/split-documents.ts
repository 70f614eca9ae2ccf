// Where one document of a YAML file ends and the next begins, by lines, before any of them is read: a document that is
// broken does not hide where the others are.
import { readYaml, YamlError } from './read-yaml.ts';

/**
 * Documents of a stream: a line of `---`, alone or with a comment, ends one; where there is nothing to end, it is the
 * first line of the next one (its lines are counted so). The last line gets a line end. Throws YamlError for a line of
 * `---` with something else on it; but when a document before it is broken, who reads these finds that first, so they
 * are given alone.
 */
export function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let start = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('---', lineStart)) {
      const rest = text.slice(lineStart + 3, lineEnd).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        if (documents.every(isReadable)) throw new YamlError(`invalid Yaml document separator: ${rest}`);
        return documents;
      }
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

function isReadable(document: string): boolean {
  try {
    readYaml(document);
    return true;
  } catch (error) {
    if (error instanceof YamlError) return false;
    throw error;
  }
}
