// Lines out of chunks, for a watch: one JSON text a line. Linear, however long a line and however small the chunks.

const newline = 0x0a;

export class LineSplitter {
  #parts: Buffer[] = [];

  /** The lines that end within `chunk`; empty ones are left out. The chunk may be kept. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#parts.push(chunk.subarray(start, end));
      const line = this.#parts.length === 1 ? this.#parts[0]!.toString() : Buffer.concat(this.#parts).toString();
      this.#parts = [];
      if (line !== '') lines.push(line);
      start = end + 1;
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
    return lines;
  }
}
