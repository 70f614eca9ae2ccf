/** A word of YAML: what a text consists of before its grammar is looked at. */
export type TokenKind =
  | 'stream end'
  | 'version'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'sequence start'
  | 'mapping start'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  /** From 0. */
  readonly line: number;
  /** Where it begins in the text. */
  readonly start: number;
  /** The value of a scalar; the name of an anchor or alias; the version of a `%YAML`; the handle of a tag or `%TAG`. */
  readonly text: string;
  /** What is behind the handle of a tag, or what that of a `%TAG` stands for. */
  readonly suffix: string;
  readonly isPlain: boolean;
}

/** A word that has nothing but its kind. */
export function mark(kind: TokenKind, line: number, start: number): Token {
  return { kind, line, start, text: '', suffix: '', isPlain: false };
}

/** A value that is text. */
export function scalar({ line, start, text, isPlain }: Omit<Token, 'kind' | 'suffix'>): Token {
  return { kind: 'scalar', line, start, text, suffix: '', isPlain };
}
