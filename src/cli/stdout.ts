// Writing to a stream that may be slow: the next piece waits until the last one is taken.

/** Resolves when the stream took the text; rejects with its error (EPIPE when the reader went away). */
export function writeSlowly(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, error => (error ? reject(error) : resolve()));
  });
}
