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
  /** Place of what names it: of an anchor the name, of a scalar all of it. */
  readonly start: number;
  readonly end: number;
  /** The value of a scalar; the version of a `%YAML`; the handle of a tag or of a `%TAG`. */
  readonly text?: string;
  /** Of a scalar: as the library numbers them, 1 for one without quotes. */
  readonly style?: 1 | 2 | 3 | 4 | 5;
}
