// v1alpha1.*: objects of the API made by a Tiltfile, and the helpers for their parts (reference 2.10). Which fields a
// part has, and of which type, the tables of the API say; here are only the parameters and their order.
import type { Kind } from '../../api/kinds.ts';
import { type ApiObject, apiVersion } from '../../api/meta.ts';
import { kindInfo } from '../../api/scheme.ts';
import { contentProblems } from '../../api/validation.ts';
import { type Builtin, Dict, starlarkString, type Thread, type Value } from '../../starlark/index.ts';
import { objectParameters, partParameters } from '../api-parameters.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { pathFields, unpackField } from '../object-fields.ts';
import { ObjectPart } from '../object-part.ts';
import { stringMap } from '../parameters.ts';
import { TiltModule } from '../tilt-module.ts';

function objectBuiltin(name: string): Builtin {
  const { kind, typeName, fields: allFields } = objectParameters[name]!;
  const fields = allFields();
  const parameters = [
    { name: 'name', type: 'string' as const },
    { name: 'labels', unpack: stringMap, optional: true as const },
    { name: 'annotations', unpack: stringMap, optional: true as const },
    ...fields.map(({ parameter, type }) => ({
      name: parameter,
      unpack: (value: Value, thread: Thread | undefined) =>
        unpackField(type, value, { thread: thread!, isPath: pathFields.has(`${typeName}.${parameter}`), isTop: true }),
      optional: true as const,
    })),
  ];
  return defineBuiltin(`v1alpha1.${name}`, parameters, (thread, args) => {
    const given = args as Readonly<Record<string, unknown>>;
    const content: Record<string, unknown> = {};
    for (const { parameter, name: field } of fields)
      if (given[parameter] !== undefined) content[field] = given[parameter];
    if (kind === 'Cmd') content['dir'] ??= evaluationOf(thread).currentDir;
    if (kind === 'KubernetesApply') content['timeout'] ??= '0s';
    const labels = args.labels as Record<string, string> | undefined;
    const annotations = args.annotations as Record<string, string> | undefined;
    const metadata = {
      name: args.name as string,
      ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
      ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : {}),
    };
    const body = kind === 'ConfigMap' ? content : { spec: content };
    register(evaluationOf(thread), { apiVersion, kind, metadata, ...body });
    return null;
  });
}

/** Adds the object; the same object twice is one, two different ones of a name are an error. */
export function register(evaluation: Evaluation, object: ApiObject): void {
  const kind = object.kind as Kind;
  const problems = contentProblems(kind, object as unknown as Readonly<Record<string, unknown>>);
  if (problems.length > 0) throw new Error(listed(problems.map(({ field, message }) => `${field}: ${message}`)));
  const { name } = object.metadata;
  const existing = evaluation.objects.find(other => other.kind === kind && other.metadata.name === name);
  if (!existing) evaluation.objects.push(object);
  else if (!isSame(existing, object))
    throw new Error(`${kindInfo(kind).plural} ${JSON.stringify(name)} already registered`);
}

function listed(problems: readonly string[]): string {
  const all = [...new Set(problems)];
  return all.length === 1 ? all[0]! : `[${all.join(', ')}]`;
}

function isSame(a: ApiObject, b: ApiObject): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1));
  return entries.map(([key, item]) => [key, sorted(item)]);
}

function partBuiltin(name: string, typeName: string, parameterNames: readonly string[]): Builtin {
  const parameters = parameterNames.map(parameter => ({ name: parameter, optional: true as const }));
  return defineBuiltin(`v1alpha1.${name}`, parameters, (thread, args) => {
    const given = args as Readonly<Record<string, Value | undefined>>;
    const entries: [Value, Value][] = [];
    for (const parameter of parameterNames) {
      const value = given[parameter];
      if (value !== undefined) entries.push([starlarkString(parameter), value]);
    }
    return ObjectPart.of(typeName, new Dict(entries), thread);
  });
}

/** Names of this topic. */
export function v1alpha1Builtins(): Record<string, Value> {
  const members: Record<string, Value> = {};
  for (const name of Object.keys(objectParameters)) members[name] = objectBuiltin(name);
  for (const [name, { type, names }] of Object.entries(partParameters)) members[name] = partBuiltin(name, type, names);
  return { v1alpha1: new TiltModule('v1alpha1', members) };
}
