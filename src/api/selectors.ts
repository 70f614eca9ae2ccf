// Label and field selectors, in the grammar of Kubernetes.
import type { ApiObject } from './meta.ts';
import { StatusError } from './status-error.ts';

type Test = (labels: Readonly<Record<string, string>>) => boolean;

/** True for objects that are selected. */
export type Selector = (object: ApiObject) => boolean;

const everything: Selector = () => true;
const noLabels: Readonly<Record<string, string>> = {};

/**
 * Reads a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Commas mean "and"; empty text selects everything.
 * Throws StatusError BadRequest.
 */
export function parseLabelSelector(text: string): Selector {
  const words = tokenize(text);
  if (words.length === 0) return everything;
  const tests: Test[] = [];
  let at = 0;
  for (;;) {
    const [test, next] = readRequirement(words, at);
    tests.push(test);
    at = next;
    if (at === words.length) break;
    if (words[at] !== ',') throw malformed(`found '${words[at]}', expected: ',' or 'end of string'`);
    at++;
  }
  return object => tests.every(test => test(object.metadata.labels ?? noLabels));
}

function tokenize(text: string): string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const word = /^(==|!=|[=!,()<>]|[^=!,()<>\s]+)/.exec(rest)![0];
    words.push(word);
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

function malformed(what: string): StatusError {
  return new StatusError('BadRequest', `unable to parse requirement: ${what}`);
}

function isWord(word: string | undefined): word is string {
  return word !== undefined && !/^(==|!=|[=!,()<>])$/.test(word);
}

function readRequirement(words: readonly string[], start: number): [Test, number] {
  const isNegated = words[start] === '!';
  let at = isNegated ? start + 1 : start;
  const key = words[at++];
  if (!isWord(key)) throw malformed(`found '${key ?? ''}', expected: identifier`);
  checkKey(key);
  if (isNegated) return [labels => !Object.hasOwn(labels, key), at];
  const operator = words[at];
  if (operator === undefined || operator === ',') return [labels => Object.hasOwn(labels, key), at];
  at++;
  if (operator === 'in' || operator === 'notin') {
    const [values, next] = readValues(words, at);
    const isIn = operator === 'in';
    return [labels => (Object.hasOwn(labels, key) && values.has(labels[key]!)) === isIn, next];
  }
  return readComparison(key, operator, words, at);
}

function readComparison(key: string, operator: string, words: readonly string[], start: number): [Test, number] {
  if (!['=', '==', '!=', '<', '>'].includes(operator))
    throw malformed(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
  const given = words[start];
  const isEmpty = given === undefined || given === ',';
  if (!isEmpty && !isWord(given)) throw malformed(`found '${given}', expected: identifier`);
  const value = isEmpty ? '' : given;
  const next = isEmpty ? start : start + 1;
  if (operator === '<' || operator === '>') return [numberTest(key, operator, value), next];
  const isEqual = operator !== '!=';
  return [labels => (Object.hasOwn(labels, key) && labels[key] === value) === isEqual, next];
}

function numberTest(key: string, operator: '<' | '>', value: string): Test {
  const limit = Number(value);
  if (!/^-?\d+$/.test(value))
    throw malformed(
      `values[0][${key}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  return labels => {
    const have = Number(labels[key]);
    return Object.hasOwn(labels, key) && (operator === '<' ? have < limit : have > limit);
  };
}

function readValues(words: readonly string[], start: number): [Set<string>, number] {
  if (words[start] !== '(') throw malformed(`found '${words[start] ?? ''}', expected: '('`);
  const values = new Set<string>();
  let at = start + 1;
  let wantsValue = true;
  for (; words[at] !== ')'; at++) {
    const word = words[at];
    if (word === undefined) throw malformed(`found '', expected: ',', or ')'`);
    if (word === ',') {
      if (wantsValue) values.add('');
      wantsValue = true;
      continue;
    }
    if (!isWord(word) || !wantsValue) throw malformed(`found '${word}', expected: ',', or identifier`);
    values.add(word);
    wantsValue = false;
  }
  if (wantsValue) values.add('');
  return [values, at + 1];
}

function checkKey(key: string): void {
  if (/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(key)) return;
  throw new StatusError(
    'BadRequest',
    `unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(key)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
  );
}

/**
 * Reads a field selector. Only `metadata.name` and `metadata.namespace` are known, as in Tilt (reference 3.21).
 * Throws StatusError BadRequest.
 */
export function parseFieldSelector(text: string): Selector {
  const terms = text
    .split(',')
    .map(term => term.trim())
    .filter(term => term !== '');
  const tests = terms.map(readTerm);
  return tests.length === 0 ? everything : object => tests.every(test => test(object));
}

function readTerm(term: string): Selector {
  const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
  if (!match) throw new StatusError('BadRequest', `invalid selector: '${term}'; can't understand '${term}'`);
  const [, field, operator, value] = match as unknown as [string, string, string, string];
  const isEqual = operator !== '!=';
  if (field === 'metadata.name') return object => (object.metadata.name === value) === isEqual;
  // Objects have no namespace.
  if (field === 'metadata.namespace') return () => (value === '') === isEqual;
  throw new StatusError(
    'BadRequest',
    `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}
