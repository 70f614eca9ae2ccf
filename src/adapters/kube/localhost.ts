// What `localhost` is on this machine.
import { lookup } from 'node:dns/promises';

/** Whether the first address of `localhost` is an IPv4 one. */
export async function localhostIsIpv4(): Promise<boolean> {
  const [first] = await lookup('localhost', { all: true, verbatim: true }).catch(() => []);
  return first?.family === 4;
}
