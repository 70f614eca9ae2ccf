// os, config, sys ...: frozen collections of names (reference 2.1).
import { StarlarkObject, type Value } from '../starlark/index.ts';

export class TiltModule extends StarlarkObject {
  readonly typeName = 'module';
  readonly #fullName: string;
  readonly #members: ReadonlyMap<string, Value>;

  constructor(fullName: string, members: Readonly<Record<string, Value>>) {
    super();
    this.#fullName = fullName;
    this.#members = new Map(Object.entries(members));
  }

  override repr(): string {
    return `module(${[...this.#members.keys()].sort().join(', ')})`;
  }

  get fullName(): string {
    return this.#fullName;
  }

  /** The same module with every member replaced. */
  map(replace: (member: Value) => Value): TiltModule {
    return new TiltModule(
      this.#fullName,
      Object.fromEntries([...this.#members].map(([name, member]) => [name, replace(member)])),
    );
  }

  override attr(name: string): Value | undefined {
    return this.#members.get(name);
  }

  override attrNames(): readonly string[] {
    return [...this.#members.keys()].sort();
  }
}
