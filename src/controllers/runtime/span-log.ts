// Where controllers write what people read. The log store stands behind it; a span says whose lines these are.

export type SpanLevel = 'debug' | 'verbose' | 'info' | 'warn' | 'error';

export interface SpanFields {
  /** 'init' opens a build's log, with a blank line before it; such lines pass every filter but the resource's. */
  readonly buildEvent?: 'init' | 'fallback';
  readonly progressId?: string;
  readonly progressMustPrint?: boolean;
}

export interface SpanLog {
  readonly spanId: string;
  /** Bytes of a child as they come, or a text; the newline is the caller's. */
  write(chunk: Uint8Array | string, level?: SpanLevel, fields?: SpanFields): void;
}

export interface LogSink {
  /** Opens (again) the span `spanId` of `resource` ('' for none). */
  span(spanId: string, resource: string): SpanLog;
}
