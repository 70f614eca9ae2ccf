// In which order resources are taken down: what depends on others goes before them, else the last defined goes first
// (reference 4.12).

interface Dependent {
  readonly name: string;
  readonly spec: { readonly resourceDeps: readonly string[] };
}

/** The resources in the order of their deletion. */
export function deletionOrder<T extends Dependent>(resources: readonly T[]): T[] {
  const reversed = [...resources].reverse();
  const dependents = new Map<string, T[]>(reversed.map(resource => [resource.name, []]));
  for (const resource of reversed) for (const name of resource.spec.resourceDeps) dependents.get(name)?.push(resource);
  const ordered = new Set<T>();
  const visiting = new Set<T>();
  const visit = (resource: T): void => {
    if (visiting.has(resource)) return;
    visiting.add(resource);
    for (const dependent of dependents.get(resource.name)!) visit(dependent);
    ordered.add(resource);
  };
  for (const resource of reversed) visit(resource);
  return [...ordered];
}
