// Every comment belongs to a node: a whole-line comment to what follows it, one at the end of a line to what stands before.
import type { Comment, Comments, File, Node } from './tree.ts';
import { walk } from './walk.ts';

function commentsOf(node: Node): Comments {
  node.comments ??= { before: [], suffix: [], after: [] };
  return node.comments;
}

/** Puts the comments of a file into its tree. Both lists are in the order of the text. */
export function attachComments(file: File, lines: readonly Comment[], suffixes: readonly Comment[]): void {
  if (lines.length + suffixes.length === 0) return;
  const outerFirst: Node[] = [];
  const innerFirst: Node[] = [];
  walk(
    file,
    node => outerFirst.push(node),
    node => innerFirst.push(node),
  );
  let next = 0;
  for (const node of outerFirst) {
    if (node.kind === 'File') continue;
    while (next < lines.length && lines[next]!.start <= node.start) commentsOf(node).before.push(lines[next++]!);
  }
  if (next < lines.length) commentsOf(file).after.push(...lines.slice(next));
  let last = suffixes.length - 1;
  for (let i = innerFirst.length - 1; i >= 0 && last >= 0; i--) {
    const node = innerFirst[i]!;
    if (node.kind === 'File' || node.end > suffixes[last]!.start) continue;
    commentsOf(node).suffix.push(suffixes[last--]!);
  }
}
