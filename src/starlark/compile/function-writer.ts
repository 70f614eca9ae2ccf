// The JavaScript of one function while it is written: lines, temporaries, which variables surely have a value.
import type { Binding } from '../syntax/tree.ts';
import { type Unit, variable } from './unit.ts';

/** A JavaScript expression with what is known about it. */
export interface Operand {
  readonly code: string;
  /** Evaluating it again or later gives the same and does nothing else: a variable or a constant. */
  readonly simple: boolean;
  /** `bool`: true or false. `int`: a number literal, whose value is in `int`. */
  readonly type: 'any' | 'bool' | 'int';
  readonly int?: number;
}

/** An operand that has to be evaluated once, in its turn. */
export function complex(code: string, type: 'any' | 'bool' = 'any'): Operand {
  return { code, simple: false, type };
}

/** An operand that is a variable or a constant. */
export function simple(code: string): Operand {
  return { code, simple: true, type: 'any' };
}

/** Writes the body of one function. */
export class FunctionWriter {
  readonly unit: Unit;
  readonly isToplevel: boolean;
  /** Functions around what is written; 0 for the file. */
  readonly level: number;
  /** Whether there is a call that may lead back here. */
  callsFunctions = false;
  /** Variables that have a value wherever the writer is: those of the function, then what each branch around here added. */
  #assigned: Set<number>[] = [new Set()];
  /** Loops around the current statement. */
  loopDepth = 0;
  readonly #lines: string[] = [];
  readonly #declared = new Set<string>();
  #temporaries = 0;
  #mostTemporaries = 0;

  constructor(unit: Unit, level: number) {
    this.unit = unit;
    this.level = level;
    this.isToplevel = level === 0;
  }

  /** Whether code here may run often enough that quick ways are written out in place. */
  get isHot(): boolean {
    return !this.isToplevel || this.loopDepth > 0;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** A variable of the JavaScript function that nothing else uses. */
  declare(name: string): string {
    this.#declared.add(name);
    return name;
  }

  /** Declares a fresh variable that lives to the end of the function. */
  freshVariable(prefix: string): string {
    return this.declare(this.unit.fresh(prefix));
  }

  /** A temporary, free again once the mark taken before is released. */
  temporary(): string {
    const name = `t${this.#temporaries++}`;
    this.#mostTemporaries = Math.max(this.#mostTemporaries, this.#temporaries);
    return name;
  }

  mark(): number {
    return this.#temporaries;
  }

  release(mark: number): void {
    this.#temporaries = mark;
  }

  /** Evaluates an operand now, into a temporary. */
  materialize(operand: Operand): Operand {
    if (operand.simple) return operand;
    const name = this.temporary();
    this.line(`${name}=${operand.code};`);
    return { code: name, simple: true, type: operand.type };
  }

  /** Whether a variable surely has a value here. */
  isAssigned(binding: Binding): boolean {
    for (let i = this.#assigned.length - 1; i >= 0; i--) if (this.#assigned[i]!.has(binding.id)) return true;
    return false;
  }

  noteAssigned(binding: Binding): void {
    this.#assigned.at(-1)!.add(binding.id);
  }

  /** Writes code that may not run, or not to its end; what it assigns does not count behind it. */
  branch(write: () => void): Set<number> {
    this.#assigned.push(new Set());
    write();
    return this.#assigned.pop()!;
  }

  /** After branches one of which ran: what all of them assigned has a value. */
  join(branches: readonly Set<number>[]): void {
    const [first, ...rest] = branches;
    if (!first) return;
    const assigned = this.#assigned.at(-1)!;
    for (const id of first) if (rest.every(branch => branch.has(id))) assigned.add(id);
  }

  /** The text of the body, declarations first. */
  text(): string {
    const names = [...this.#declared];
    for (let i = 0; i < this.#mostTemporaries; i++) names.push(`t${i}`);
    const declarations = names.length > 0 ? `var ${names.join(',')};\n` : '';
    return `${declarations}${this.#lines.join('\n')}`;
  }
}

/** Declares a local variable of the function being written and gives its JavaScript name. */
export function declareVariable(writer: FunctionWriter, binding: Binding): string {
  return writer.declare(variable(binding));
}
