// The YAML of an object as people are shown it: the values of a Secret are left out, also from the copy that kubectl keeps in
// an annotation. Line by line, as YAML with one key a line has it.
import type { ClusterObject } from './cluster-objects.ts';

const hidden = "'***'";
const secretFields = /^((?:data|stringData):)(.*)$/;
const appliedCopy = /^(\s+kubectl\.kubernetes\.io\/last-applied-configuration:)/;

export function shownYaml({ kind, yaml }: Pick<ClusterObject, 'kind' | 'yaml'>): string {
  if (kind !== 'Secret') return yaml;
  const shown: string[] = [];
  let isSecret = false;
  /** Lines further in than this belong to a value that is left out. */
  let keyIndent = Number.POSITIVE_INFINITY;
  for (const line of yaml.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (indent > keyIndent || (line.trim() === '' && keyIndent < Number.POSITIVE_INFINITY)) continue;
    const field = secretFields.exec(line);
    if (indent === 0) isSecret = field !== null;
    keyIndent = Number.POSITIVE_INFINITY;
    const copy = appliedCopy.exec(line);
    if (field && field[2]!.trim() !== '') shown.push(`${field[1]} ${hidden}`);
    else if (copy || (isSecret && indent > 0)) {
      shown.push(`${copy ? copy[1] : `${' '.repeat(indent)}${keyOf(line)}:`} ${hidden}`);
      keyIndent = indent;
    } else shown.push(line);
  }
  return shown.join('\n');
}

/** The key of a line, quoted or not. */
function keyOf(line: string): string {
  const text = line.trim();
  return /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^:]+)/.exec(text)?.[1] ?? text;
}
