// From the arguments of a call to the parameters of a Starlark function.
import { fail } from '../errors.ts';
import { Dict, Tuple } from './collections.ts';
import { type FunctionCode, mandatory } from './function-code.ts';
import { quote } from './quote.ts';
import type { Kwargs, Value } from './value.ts';

type Default = Value | typeof mandatory;

function tooManyPositional(code: FunctionCode, defaults: readonly Default[], given: number): never {
  const wanted = code.named - code.keywordOnly;
  const atMost = defaults.length > code.keywordOnly ? 'at most ' : '';
  return fail(
    `function ${code.name} accepts ${atMost}${wanted} positional argument${wanted === 1 ? '' : 's'} (${given} given)`,
  );
}

function bindKeywords(code: FunctionCode, bound: (Value | undefined)[], kwargs: Kwargs, rest: Dict | undefined): void {
  for (const [name, value] of kwargs) {
    const at = code.params.indexOf(name);
    if (at >= 0 && at < code.named) {
      if (bound[at] !== undefined) fail(`function ${code.name} got multiple values for parameter ${quote(name)}`);
      bound[at] = value;
    } else if (!rest) {
      fail(`function ${code.name} got an unexpected keyword argument ${quote(name)}`);
    } else if (rest.get(name) !== undefined) {
      fail(`function ${code.name} got multiple values for parameter ${quote(name)}`);
    } else rest.setKey(name, value);
  }
}

function bindDefaults(code: FunctionCode, bound: (Value | undefined)[], defaults: readonly Default[]): void {
  const firstDefault = code.named - defaults.length;
  const missing: string[] = [];
  for (let i = 0; i < code.named; i++) {
    if (bound[i] !== undefined) continue;
    const value = i < firstDefault ? mandatory : defaults[i - firstDefault]!;
    if (value === mandatory) missing.push(code.params[i]!);
    else bound[i] = value;
  }
  if (missing.length === 0) return;
  const plural = missing.length > 1 ? 's' : '';
  fail(`function ${code.name} missing ${missing.length} argument${plural} (${missing.join(', ')})`);
}

/** The value of every parameter in the order of `code.params`; throws what the caller did wrong. */
export function bindArguments(
  code: FunctionCode,
  defaults: readonly Default[],
  args: readonly Value[],
  kwargs: Kwargs,
): Value[] {
  if (code.params.length === 0) {
    const given = args.length + kwargs.length;
    if (given > 0) fail(`function ${code.name} accepts no arguments (${given} given)`);
    return [];
  }
  const positional = code.named - code.keywordOnly;
  if (args.length > positional && !code.hasVarargs) tooManyPositional(code, defaults, args.length);
  const bound: (Value | undefined)[] = args.slice(0, positional);
  bound.length = code.named;
  const rest = code.hasKwargs ? new Dict() : undefined;
  if (kwargs.length > 0) bindKeywords(code, bound, kwargs, rest);
  bindDefaults(code, bound, defaults);
  if (code.hasVarargs) bound.push(new Tuple(args.slice(positional)));
  if (rest) bound.push(rest);
  return bound as Value[];
}
