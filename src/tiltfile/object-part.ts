// A part of an API object as a value of the language: a dict that was checked against its type, and what it says.
import { Dict, freeze, type Thread, type Value } from '../starlark/index.ts';
import { unpackStruct } from './object-fields.ts';

export class ObjectPart extends Dict {
  readonly typeNameOfApi: string;
  /** As the API writes it. */
  readonly content: Readonly<Record<string, unknown>>;

  constructor(typeName: string, entries: Iterable<readonly [Value, Value]>, content: Record<string, unknown>) {
    super(entries);
    this.typeNameOfApi = typeName;
    this.content = content;
    freeze(this);
  }

  /** Checks the dict against the type; throws for a field that the type does not have, or of a wrong type. */
  static of(typeName: string, dict: Dict, thread: Thread): ObjectPart {
    return new ObjectPart(typeName, dict.items(), unpackStruct(typeName, dict, thread));
  }
}
