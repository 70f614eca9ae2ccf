// The log as Tilt's `dump logstore` shows it, made of what the web port tells of it.

interface ViewLog {
  readonly spans?: Readonly<Record<string, { readonly manifestName?: string }>> | null;
  readonly segments?: readonly ViewSegment[] | null;
  readonly fromCheckpoint?: number;
}

interface ViewSegment {
  readonly spanId?: string;
  readonly time?: string;
  readonly text?: string;
  readonly level?: string;
  readonly anchor?: boolean;
  readonly fields?: Readonly<Record<string, string>> | null;
}

const levels: Readonly<Record<string, { readonly id: number; readonly severity: number }>> = {
  NONE: { id: 0, severity: 0 },
  INFO: { id: 1, severity: 300 },
  VERBOSE: { id: 2, severity: 200 },
  DEBUG: { id: 3, severity: 100 },
  WARN: { id: 4, severity: 400 },
  ERROR: { id: 5, severity: 500 },
};

/** Bytes of log that Tilt keeps; what reads the dump expects the field. */
const maxLogBytes = 2_000_000;

/** The dump of a view's log. */
export function dumpLog(log: ViewLog): Record<string, unknown> {
  const segments = (log.segments ?? []).map(toSegment);
  const spans = Object.entries(log.spans ?? {}).map(([id, span]) => [id, { ManifestName: span.manifestName ?? '' }]);
  return {
    checkpointOffset: Math.max(0, log.fromCheckpoint ?? 0),
    len: segments.reduce((sum, segment) => sum + new TextEncoder().encode(segment.Text).length, 0),
    maxLogLengthInBytes: maxLogBytes,
    segments,
    spans: Object.fromEntries(spans),
  };
}

function toSegment({ spanId = '', time = '', text = '', level = 'INFO', anchor = false, fields }: ViewSegment) {
  const name = level === '' ? 'INFO' : level;
  return {
    Anchor: anchor,
    ContinuesLine: false,
    Fields: fields ?? null,
    Level: { id: levels[name]?.id ?? 1, name, severity: levels[name]?.severity ?? 300 },
    SpanID: spanId,
    Text: text,
    Time: time,
  };
}
