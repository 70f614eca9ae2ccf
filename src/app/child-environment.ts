// The environment of every child (reference 1.2): the live one of the process, and what is added only where it is missing.

export interface ChildEnvironmentInput {
  /** The live environment; a Tiltfile may have changed it. */
  readonly env: Record<string, string | undefined>;
  readonly webHost: string;
  readonly webPort: number;
  /** Whether the log shows colours, so that children may print them. */
  readonly hasColor: boolean;
}

/** A fresh record each time, for the caller to add to. */
export function childEnvironment({ env, webHost, webPort, hasColor }: ChildEnvironmentInput): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name in env) if (env[name] !== undefined) result[name] = env[name];
  const add = (name: string, value: string): void => {
    result[name] ??= value;
  };
  add('TILT_HOST', webHost);
  add('TILT_PORT', String(webPort));
  add('TILT_DISABLE_ANALYTICS', '1');
  add('LINES', '24');
  add('COLUMNS', '80');
  add('PYTHONUNBUFFERED', '1');
  if (hasColor) add('FORCE_COLOR', '1');
  return result;
}
