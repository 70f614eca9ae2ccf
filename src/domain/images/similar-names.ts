// Names that somebody may have meant, by the pieces of two, three and four letters that they share.

const sizes = [2, 3, 4];

function pieces(text: string): Set<string> {
  const found = new Set<string>();
  for (const size of sizes) {
    for (let i = 0; i < text.length - size; i++) {
      const piece = text.slice(i, i + size);
      if (piece.trim() !== '') found.add(piece);
    }
  }
  return found;
}

/** At most `count` of the names, those that share most first; none that share nothing. */
export function similarNames(wanted: string, names: readonly string[], count: number): string[] {
  const own = pieces(wanted);
  const scored = names.map(name => {
    const shared = [...pieces(name.toLowerCase())].filter(piece => own.has(piece)).length;
    return { name, shared };
  });
  return scored
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, count)
    .map(({ name }) => name);
}
