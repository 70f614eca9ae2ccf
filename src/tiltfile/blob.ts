// A blob: file contents in memory, taken wherever YAML or a file's text is (reference 2.2).
import type { Plain } from '../domain/yaml/plain.ts';
import { type ComparisonOp, StarlarkError, StarlarkObject, starlarkString, type Value } from '../starlark/index.ts';

export class Blob extends StarlarkObject {
  readonly typeName = 'blob';
  /** Where it comes from, for errors: `local: cat x`. */
  readonly source: string;
  /** The YAML documents that the text was written from; whoever needs them need not read the text again. */
  readonly documents: readonly Plain[] | undefined;
  #text: string | undefined;
  readonly #write: (() => string) | undefined;

  /** `text` is a Starlark string, or gives an ordinary one when it is first asked for. */
  constructor(text: string | (() => string), source: string, documents?: readonly Plain[]) {
    super();
    if (typeof text === 'string') this.#text = text;
    else this.#write = text;
    this.source = source;
    this.documents = documents;
  }

  /** A blob of YAML whose text is written only when somebody looks at it. */
  static ofDocuments(documents: readonly Plain[], write: () => string, source: string): Blob {
    return new Blob(write, source, documents);
  }

  /** A Starlark string. */
  get text(): string {
    this.#text ??= starlarkString(this.#write!());
    return this.#text;
  }

  override repr(): string {
    return this.text;
  }

  override truth(): boolean {
    return this.text !== '';
  }

  override hash(): number {
    throw new StarlarkError('unhashable type: blob');
  }

  override compareSameType(op: ComparisonOp, other: StarlarkObject): boolean {
    if (op === '==') return this === other;
    if (op === '!=') return this !== other;
    throw new StarlarkError(`blob ${op} blob not implemented`);
  }
}

/** The text of a string or a blob, as a Starlark string; undefined for anything else. */
export function textOfValue(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Blob ? value.text : undefined;
}
