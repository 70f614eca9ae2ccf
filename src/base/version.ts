// What this program calls itself. The build defines both values; a run from source says so.

declare global {
  var TILT_VERSION: string | undefined;
  var TILT_BUILD_DATE: string | undefined;
}

/** Version and day of the build. The first two numbers say which Tilt it is a drop-in for. */
export const version: string = globalThis.TILT_VERSION ?? '0.37.10';
export const buildDate: string = globalThis.TILT_BUILD_DATE ?? '1970-01-01';

/** `vX.Y.Z, built YYYY-MM-DD`, as `tilt version` prints it (reference 1.1). */
export function versionLine(): string {
  return `v${version}, built ${buildDate}`;
}
