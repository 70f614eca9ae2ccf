// The tree of a template.

export type Operand =
  | { readonly is: 'dot' }
  | { readonly is: 'nil' }
  | { readonly is: 'constant'; readonly value: string | number | boolean }
  | { readonly is: 'field'; readonly of: Operand; readonly names: readonly string[] }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'function'; readonly name: string }
  | { readonly is: 'pipe'; readonly pipe: Pipe };

/** A function with its arguments, or a value alone. */
export type Call = readonly Operand[];

export interface Pipe {
  /** Variables that get the result: one, or index and item in `range`. */
  readonly variables: readonly string[];
  /** `=` in place of `:=`. */
  readonly isAssignment: boolean;
  readonly calls: readonly Call[];
  /** As written, for error messages. */
  readonly source: string;
}

export type Branch = 'if' | 'range' | 'with';

export type Node =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'action'; readonly pipe: Pipe; readonly at: number }
  | {
      readonly is: Branch;
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly at: number;
    }
  | { readonly is: 'break' }
  | { readonly is: 'continue' };

/** A template that cannot be read or carried out, in the words of Go's text/template. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}
