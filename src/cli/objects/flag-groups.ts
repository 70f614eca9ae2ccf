// Flags that several object commands have, as kubectl has them.
import type { FlagSpec } from '../flags.ts';

const outputHelp =
  'Output format. One of: (json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file';

/** How objects are printed. */
export const printFlags: readonly FlagSpec[] = [
  {
    name: 'allow-missing-template-keys',
    type: 'bool',
    default: true,
    help: 'A field that a template names and an object lacks is no error (go-template, jsonpath)',
  },
  { name: 'output', short: 'o', type: 'string', help: `${outputHelp})` },
  { name: 'show-managed-fields', type: 'bool', help: 'Keep metadata.managedFields in JSON and YAML' },
  {
    name: 'template',
    type: 'string',
    help: 'The template, or the path of its file, for -o go-template and go-template-file',
  },
];

/** How `get` prints: tables too. */
export const getPrintFlags: readonly FlagSpec[] = [
  ...printFlags.map(flag =>
    flag.name === 'output' ? { ...flag, help: `${outputHelp}, custom-columns, custom-columns-file, wide)` } : flag,
  ),
  { name: 'label-columns', short: 'L', type: 'strings', help: 'Labels to show as columns, separated by commas' },
  { name: 'no-headers', type: 'bool', help: 'No header line above tables' },
  { name: 'show-kind', type: 'bool', help: 'Show the type of every object' },
  { name: 'show-labels', type: 'bool', help: 'Show all labels in the last column' },
  {
    name: 'sort-by',
    type: 'string',
    help: "Sort by this field, written as a path ('{.metadata.name}')",
  },
];

export function filenameFlags(recursiveByDefault = false): readonly FlagSpec[] {
  return [
    {
      name: 'filename',
      short: 'f',
      type: 'strings',
      help: 'File, folder or URL with objects; - is the standard input',
    },
    { name: 'kustomize', short: 'k', type: 'string', help: 'Folder to be built with kustomize; not together with -f' },
    {
      name: 'recursive',
      short: 'R',
      type: 'bool',
      ...(recursiveByDefault ? { default: true } : {}),
      help: 'Go into the folders of -f',
    },
  ];
}

export const selectorFlag: FlagSpec = {
  name: 'selector',
  short: 'l',
  type: 'string',
  help: "Only objects with these labels; takes '=', '==', '!=', 'in', 'notin' and commas",
};

export const fieldSelectorFlag: FlagSpec = {
  name: 'field-selector',
  type: 'string',
  help: 'Only objects with this value of a field: metadata.name=NAME',
};

export const dryRunFlag: FlagSpec = {
  name: 'dry-run',
  type: 'string',
  default: 'none',
  noOptDefault: 'unchanged',
  help: '"none", "server" (send it and change nothing) or "client" (print what would be sent)',
};

export const validateFlag: FlagSpec = {
  name: 'validate',
  type: 'string',
  default: 'strict',
  noOptDefault: 'strict',
  help: '"strict" or "true": refuse fields that are unknown; "warn": warn of them; "ignore" or "false": drop them',
};

export function fieldManagerFlag(name: string): FlagSpec {
  return { name: 'field-manager', type: 'string', default: name, help: 'Name under which fields are owned' };
}

export const cascadeFlag: FlagSpec = {
  name: 'cascade',
  type: 'string',
  default: 'background',
  noOptDefault: 'background',
  help: 'background, foreground or orphan',
};
