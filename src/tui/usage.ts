// What the processes of a resource use.
export interface Usage {
  /** Share of a core, in percent. */
  readonly cpuPercent: number;
  readonly residentBytes: number;
}

export interface UsageView {
  readonly byResource: ReadonlyMap<string, Usage>;
  /** Why nothing is known of pods; undefined while it is, and while nobody asked. */
  readonly podProblem: string | undefined;
}

export const noUsage: UsageView = { byResource: new Map(), podProblem: undefined };
