// The order of arguments in a call.
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { quote } from '../values/quote.ts';

/** How many arguments of each kind a call may have, as in starlark-go. */
const maxArguments = 255;

/** Up to how many names a search through all of them is quicker than a set. */
const few = 16;

interface Seen {
  varargs: boolean;
  kwargs: boolean;
  /** Names of keyword arguments so far. */
  readonly names: string[];
  /** The same, made when they are many. */
  manyNames: Set<string> | undefined;
  positional: number;
  named: number;
}

type Report = (offset: number, message: string) => void;

function checkStar(arg: Expr & { kind: 'UnaryExpr' }, seen: Seen, report: Report): void {
  if (arg.op === '**') {
    if (seen.kwargs) report(arg.start, 'multiple **kwargs not allowed');
    seen.kwargs = true;
    return;
  }
  if (seen.kwargs) report(arg.start, '*args may not follow **kwargs');
  else if (seen.varargs) report(arg.start, 'multiple *args not allowed');
  seen.varargs = true;
}

function checkNamed(arg: Expr & { kind: 'BinaryExpr' }, seen: Seen, report: Report): void {
  seen.named++;
  if (seen.kwargs) report(arg.start, 'keyword argument may not follow **kwargs');
  else if (seen.varargs) report(arg.start, 'keyword argument may not follow *args');
  const name = arg.x.kind === 'Ident' ? arg.x.name : '';
  if (isRepeated(name, seen)) report(arg.start, `keyword argument ${quote(name)} is repeated`);
  seen.names.push(name);
  seen.manyNames?.add(name);
}

function isRepeated(name: string, seen: Seen): boolean {
  if (seen.names.length < few) return seen.names.includes(name);
  seen.manyNames ??= new Set(seen.names);
  return seen.manyNames.has(name);
}

function checkPositional(arg: Expr, seen: Seen, report: Report): void {
  seen.positional++;
  if (seen.varargs) report(arg.start, 'positional argument may not follow *args');
  else if (seen.kwargs) report(arg.start, 'positional argument may not follow **kwargs');
  else if (seen.names.length > 0) report(arg.start, 'positional argument may not follow named');
}

/** Reports what is wrong with the arguments of a call; `visit` gets the expression of each one in its turn. */
export function checkArguments(call: CallExpr, report: Report, visit: (expr: Expr) => void): void {
  const seen: Seen = { varargs: false, kwargs: false, names: [], manyNames: undefined, positional: 0, named: 0 };
  // By index here and in other places that run once for each node of a file: an iterator costs while code is cold.
  for (let i = 0; i < call.args.length; i++) {
    const arg = call.args[i]!;
    if (arg.kind === 'UnaryExpr' && (arg.op === '*' || arg.op === '**')) checkStar(arg, seen, report);
    else if (arg.kind === 'BinaryExpr' && arg.op === '=') checkNamed(arg, seen, report);
    else checkPositional(arg, seen, report);
    visit(arg.kind === 'BinaryExpr' && arg.op === '=' ? arg.y : arg);
  }
  if (seen.positional > maxArguments) {
    report(call.start, `${seen.positional} positional arguments in call, limit is ${maxArguments}`);
  }
  if (seen.named > maxArguments) {
    report(call.start, `${seen.named} keyword arguments in call, limit is ${maxArguments}`);
  }
}
