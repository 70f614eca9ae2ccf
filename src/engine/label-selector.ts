// Label selectors of Kubernetes, as objects.
import type { LabelSelector } from '../api/kinds-kubernetes.ts';

type Labels = Readonly<Record<string, string>>;

const operators: Readonly<Record<string, (labels: Labels, key: string, values: readonly string[]) => boolean>> = {
  In: (labels, key, values) => Object.hasOwn(labels, key) && values.includes(labels[key]!),
  NotIn: (labels, key, values) => !Object.hasOwn(labels, key) || !values.includes(labels[key]!),
  Exists: (labels, key) => Object.hasOwn(labels, key),
  DoesNotExist: (labels, key) => !Object.hasOwn(labels, key),
};

/** What is wrong with a selector, in words; undefined when nothing is. */
export function selectorProblem({ matchExpressions = [] }: LabelSelector): string | undefined {
  for (const { operator, values = [] } of matchExpressions) {
    if (!Object.hasOwn(operators, operator))
      return `${JSON.stringify(operator)} is not a valid label selector operator`;
    if (operator.endsWith('In') && values.length === 0) return "for 'in', 'notin' operators, values set can't be empty";
    if (operator.includes('Exist') && values.length > 0)
      return 'values set must be empty for exists and does not exist';
  }
  return undefined;
}

/** An empty selector matches everything, as in Kubernetes. */
export function matchesLabels({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(matchLabels))
    if (!Object.hasOwn(labels, key) || labels[key] !== value) return false;
  return matchExpressions.every(
    ({ key, operator, values = [] }) => operators[operator]?.(labels, key, values) ?? false,
  );
}
