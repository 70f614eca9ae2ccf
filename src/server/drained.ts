// Waiting for a reader that is slower than we are.
import type http from 'node:http';

/** Resolves when the response takes more, to true, or when its reader went away, to false. */
export function drained(response: http.ServerResponse): Promise<boolean> {
  return new Promise(resolve => {
    const settle = (isOpen: boolean) => (): void => {
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(isOpen);
    };
    const onDrain = settle(true);
    const onClose = settle(false);
    response.once('drain', onDrain);
    response.once('close', onClose);
  });
}
