/** Errors of assembly have no traceback: they concern the whole. */
export class AssemblyError extends Error {
  override name = 'AssemblyError';
}

/** There is no Tiltfile. */
export class MissingTiltfile extends AssemblyError {}
