// Carries a template out on data, as `-o go-template` does.
import { templateFunctions } from './functions.ts';
import { type Call, type Node, type Operand, type Pipe, TemplateError } from './nodes.ts';
import { parseTemplate } from './parse.ts';
import { isTemplateList, isTemplateMap, isTrue, showValue, type TemplateMap, type TemplateValue } from './values.ts';

export interface TemplateOptions {
  /** False: a key that is not there is an error instead of `<no value>`. */
  readonly allowMissing?: boolean;
}

export interface Template {
  /** Throws TemplateError. */
  run(data: TemplateValue, options?: TemplateOptions): string;
}

/** Reads a template once, to be carried out often. Throws TemplateError, also for a function that does not exist. */
export function compileTemplate(text: string): Template {
  const nodes = parseTemplate(text);
  checkFunctions(nodes);
  return { run: (data, options = {}) => new Runner(data, options.allowMissing !== false).text(nodes) };
}

function checkFunctions(nodes: readonly Node[]): void {
  const inOperand = (operand: Operand): void => {
    if (operand.is === 'function' && !isFunction(operand.name))
      throw new TemplateError(`function ${JSON.stringify(operand.name)} not defined`);
    if (operand.is === 'pipe') inPipe(operand.pipe);
    if (operand.is === 'field') inOperand(operand.of);
  };
  const inPipe = (pipe: Pipe): void => {
    for (const call of pipe.calls) for (const operand of call) inOperand(operand);
  };
  for (const node of nodes) {
    if ('pipe' in node) inPipe(node.pipe);
    if ('body' in node) {
      checkFunctions(node.body);
      checkFunctions(node.otherwise);
    }
  }
}

function isFunction(name: string): boolean {
  return name === 'and' || name === 'or' || Object.hasOwn(templateFunctions, name);
}

type Flow = 'on' | 'break' | 'continue';

interface Variable {
  readonly name: string;
  value: TemplateValue;
}

class Runner {
  #out = '';
  readonly #allowMissing: boolean;
  readonly #root: TemplateValue;
  /** Innermost last. */
  #variables: Variable[];

  constructor(root: TemplateValue, allowMissing: boolean) {
    this.#root = root;
    this.#allowMissing = allowMissing;
    this.#variables = [{ name: '$', value: root }];
  }

  text(nodes: readonly Node[]): string {
    this.#run(nodes, this.#root);
    return this.#out;
  }

  #run(nodes: readonly Node[], dot: TemplateValue): Flow {
    const depth = this.#variables.length;
    for (const node of nodes) {
      const flow = this.#node(node, dot);
      if (flow !== 'on') {
        this.#variables.length = depth;
        return flow;
      }
    }
    this.#variables.length = depth;
    return 'on';
  }

  #node(node: Node, dot: TemplateValue): Flow {
    switch (node.is) {
      case 'text':
        this.#out += node.text;
        return 'on';
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0)
          this.#out += value === undefined || value === null ? '<no value>' : showValue(value);
        return 'on';
      }
      case 'break':
      case 'continue':
        return node.is;
      case 'range':
        return this.#range(node, dot);
      default: {
        const depth = this.#variables.length;
        const value = this.#pipe(node.pipe, dot);
        const isChosen = isTrue(value);
        const inner = node.is === 'with' && isChosen ? value : dot;
        const flow = this.#run(isChosen ? node.body : node.otherwise, inner);
        this.#variables.length = depth;
        return flow;
      }
    }
  }

  #range(node: Extract<Node, { readonly is: 'range' | 'if' | 'with' }>, dot: TemplateValue): Flow {
    const depth = this.#variables.length;
    const { variables } = node.pipe;
    const value = this.#pipe({ ...node.pipe, variables: [] }, dot);
    const entries = entriesOf(value);
    if (entries.length === 0) return this.#run(node.otherwise, dot);
    for (const [key, item] of entries) {
      const named = variables.length === 2 ? [key, item] : [item];
      for (const [i, name] of variables.entries()) this.#variables.push({ name, value: named[i] });
      const flow = this.#run(node.body, item);
      this.#variables.length = depth;
      if (flow === 'break') break;
    }
    return 'on';
  }

  #pipe(pipe: Pipe, dot: TemplateValue): TemplateValue {
    let value: TemplateValue;
    for (const [i, call] of pipe.calls.entries()) value = this.#call(call, dot, i === 0 ? [] : [value]);
    for (const name of pipe.variables) {
      const known = pipe.isAssignment ? this.#variables.findLast(v => v.name === name) : undefined;
      if (pipe.isAssignment && !known) throw new TemplateError(`undefined variable ${JSON.stringify(name)}`);
      if (known) known.value = value;
      else this.#variables.push({ name, value });
    }
    return value;
  }

  #call(call: Call, dot: TemplateValue, piped: readonly TemplateValue[]): TemplateValue {
    const [first, ...rest] = call;
    if (first!.is !== 'function') {
      if (rest.length > 0 || piped.length > 0) throw new TemplateError("can't give argument to non-function");
      return this.#operand(first!, dot);
    }
    if (first!.name === 'and' || first!.name === 'or') return this.#shortCircuit(first!.name, rest, dot, piped);
    const args = [...rest.map(operand => this.#operand(operand, dot)), ...piped];
    if (args.length === 0) throw new TemplateError(`wrong number of args for ${first!.name}: want at least 1 got 0`);
    try {
      return templateFunctions[first!.name]!(args);
    } catch (error) {
      if (error instanceof TemplateError) throw new TemplateError(`error calling ${first!.name}: ${error.message}`);
      throw error;
    }
  }

  #shortCircuit(
    name: 'and' | 'or',
    operands: readonly Operand[],
    dot: TemplateValue,
    piped: readonly TemplateValue[],
  ): TemplateValue {
    let value: TemplateValue;
    for (const operand of operands) {
      value = this.#operand(operand, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return piped.length > 0 ? piped[0] : value;
  }

  #operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.is) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'variable': {
        const known = this.#variables.findLast(variable => variable.name === operand.name);
        if (!known) throw new TemplateError(`undefined variable ${JSON.stringify(operand.name)}`);
        return known.value;
      }
      case 'function':
        return this.#call([operand], dot, []);
      case 'pipe':
        return this.#pipe(operand.pipe, dot);
      case 'field': {
        let value = this.#operand(operand.of, dot);
        for (const name of operand.names) value = this.#field(value, name, operand.names);
        return value;
      }
    }
  }

  #field(value: TemplateValue, name: string, path: readonly string[]): TemplateValue {
    if (value === undefined || value === null) {
      if (this.#allowMissing) return undefined;
      throw new TemplateError(`at <.${path.join('.')}>: nil data; no entry for key ${JSON.stringify(name)}`);
    }
    if (!isTemplateMap(value))
      throw new TemplateError(`at <.${path.join('.')}>: can't evaluate field ${name} in type interface {}`);
    if (Object.hasOwn(value, name)) return value[name];
    if (this.#allowMissing) return undefined;
    throw new TemplateError(`at <.${path.join('.')}>: map has no entry for key ${JSON.stringify(name)}`);
  }
}

function entriesOf(value: TemplateValue): readonly (readonly [TemplateValue, TemplateValue])[] {
  if (value === undefined || value === null) return [];
  if (isTemplateList(value)) return value.map((item, i) => [i, item] as const);
  if (isTemplateMap(value)) return sortedEntries(value);
  if (typeof value === 'number' && Number.isInteger(value))
    return Array.from({ length: value }, (_, i) => [i, i] as const);
  throw new TemplateError(`range can't iterate over ${showValue(value)}`);
}

function sortedEntries(map: TemplateMap): readonly (readonly [string, TemplateValue])[] {
  return Object.keys(map)
    .sort()
    .map(key => [key, map[key]] as const);
}
