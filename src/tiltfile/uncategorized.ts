/** Name of the resource of all Kubernetes objects that belong to no other. */
export const uncategorized = 'uncategorized';
