// What the processes of a resource use.
export interface Usage {
  /** Share of a core, in percent. */
  readonly cpuPercent: number;
  readonly residentBytes: number;
}
