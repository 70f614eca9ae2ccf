// "Did you mean": the nearest of the names that would have been right, by the rules of starlark-go, whose hints programs
// and their tests know.

function fold(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Edit distance of `x` and `y`; beyond `limit` any number above it. */
function editDistance(x: string, y: string, limit: number): number {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared++;
  // A name that is a prefix of the other counts as far as the other is long.
  if (shared === short.length && short === '') return long.length;
  const a = shared === short.length ? short : short.slice(shared);
  const b = shared === short.length ? long : long.slice(shared);
  if (b.length - a.length > limit) return b.length - a.length;
  const row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let best = i;
    let diagonal = i - 1;
    for (let j = 1; j <= b.length; j++) {
      const next = Math.min(diagonal + (a[i - 1] === b[j - 1] ? 0 : 1), 1 + row[j - 1]!, 1 + row[j]!);
      diagonal = row[j]!;
      row[j] = next;
      best = Math.min(best, next);
    }
    if (best > limit) return best;
  }
  return row[b.length]!;
}

/** The candidate nearest to `name` with less than half of its letters changed, or undefined. */
export function nearestSpelling(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(name);
  let best: string | undefined;
  let bestDistance = Math.floor((wanted.length + 1) / 2);
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate), bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** Whether two names differ by two neighbouring letters that changed places, which counts as two changes above. */
export function isTransposed(name: string, candidate: string): boolean {
  if (name.length !== candidate.length) return false;
  let at = 0;
  while (at < name.length && name[at] === candidate[at]) at++;
  const swapped = name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
  return at < name.length && swapped === candidate;
}
