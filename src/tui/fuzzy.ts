// Finding by a few letters: `rbl` finds "Rebuild all". All words of a query must be found; beginnings of words and letters
// that stand together count more.

/** How well a text matches; undefined for not at all. Higher is better. */
export function fuzzyScore(query: string, text: string): number | undefined {
  const lower = text.toLowerCase();
  let total = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const score = wordScore(word, lower, text);
    if (score === undefined) return undefined;
    total += score;
  }
  // Of equals the shorter one is meant.
  return total - text.length / 100;
}

const atStart = 12;
const atWord = 8;
const together = 5;
const whole = 20;

function wordScore(word: string, lower: string, text: string): number | undefined {
  const at = lower.indexOf(word);
  if (at >= 0) return whole + word.length * together + (isWordStart(text, at) ? atStart : 0);
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of word) {
    const hit = bestHit(lower, text, { letter, from });
    if (hit < 0) return undefined;
    score += 1 + (hit === last + 1 ? together : 0) + (isWordStart(text, hit) ? atWord : 0);
    last = hit;
    from = hit + 1;
  }
  // Letters that are strewn over a long text are chance.
  return score >= word.length * 3 ? score : undefined;
}

/** The next place of a letter; the beginning of a word is preferred where one is near. */
function bestHit(lower: string, text: string, { letter, from }: { letter: string; from: number }): number {
  const first = lower.indexOf(letter, from);
  if (first < 0 || first === from) return first;
  for (let at = first; at >= 0; at = lower.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return first;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1]!;
  return !/[\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(text[at]!));
}
