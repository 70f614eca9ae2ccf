/** Errors of assembly have no traceback: they concern the whole. */
export class AssemblyError extends Error {
  override name = 'AssemblyError';
}
