// Kinds of tokens: punctuation and keywords are their own text, the others have a description.

/** The kind of a token. */
export type TokenKind = string;

export const endOfFile = 'end of file';
export const newline = 'newline';
export const indent = 'indent';
export const outdent = 'outdent';
export const identifier = 'identifier';
export const intLiteral = 'int literal';
export const floatLiteral = 'float literal';
export const stringLiteral = 'string literal';
export const bytesLiteral = 'bytes literal';

const described = new Set<TokenKind>([
  endOfFile,
  newline,
  indent,
  outdent,
  identifier,
  intLiteral,
  floatLiteral,
  stringLiteral,
  bytesLiteral,
]);

/**
 * Words with a meaning, and words that are kept free because Python gives them one; each leads to the one string object
 * that stands for its kind, since comparing equal objects is quick.
 */
export const keywords: ReadonlyMap<string, TokenKind> = new Map(
  (
    'and break continue def elif else for if in lambda load not or pass return while ' +
    'as async await class del except finally from global import is nonlocal raise try with yield'
  )
    .split(' ')
    .map(word => [word, word]),
);

/** A token in an error message: punctuation in quotes, everything else as it is. */
export function describeToken(kind: TokenKind): string {
  return described.has(kind) || keywords.has(kind) || kind === 'not in' ? kind : `'${kind}'`;
}

/** Binding strength of the binary operators; comparisons (level 3) do not associate. */
export const precedence: ReadonlyMap<TokenKind, number> = new Map(
  Object.entries({
    or: 0,
    and: 1,
    '==': 3,
    '!=': 3,
    '<': 3,
    '>': 3,
    '<=': 3,
    '>=': 3,
    in: 3,
    'not in': 3,
    '|': 4,
    '^': 5,
    '&': 6,
    '<<': 7,
    '>>': 7,
    '-': 8,
    '+': 8,
    '*': 9,
    '%': 9,
    '/': 9,
    '//': 9,
  }),
);

/** The strength of a token that is no binary operator. */
export const noOperator = -1;

/** The level of `not`. */
export const notPrecedence = 2;
/** The level of comparisons. */
export const comparisonPrecedence = 3;

/** A token of punctuation, and how strongly it binds as a binary operator. */
export interface Punctuation {
  readonly kind: TokenKind;
  readonly strength: number;
}

/** Punctuation by its first character, longest first. Brackets are the scanner's own business. */
export const punctuation: readonly (readonly Punctuation[] | undefined)[] = groupByFirst(
  '//= // /= / <<= << <= < >>= >> >= > ** *= * += + -= - %= % &= & |= | ^= ^ == = != . , : ; ~'.split(' '),
);

function groupByFirst(kinds: readonly TokenKind[]): (Punctuation[] | undefined)[] {
  const groups: (Punctuation[] | undefined)[] = new Array(128).fill(undefined);
  for (const kind of kinds) {
    const code = kind.charCodeAt(0);
    groups[code] = [...(groups[code] ?? []), { kind, strength: precedence.get(kind) ?? noOperator }];
  }
  return groups;
}

/** Tokens that assign: `=` and the augmented forms. */
export const assignmentOperators: ReadonlySet<string> = new Set([
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<=',
  '>>=',
]);
