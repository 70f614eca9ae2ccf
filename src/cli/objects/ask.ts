import type { CliIo } from '../command.ts';

/** Asks on the terminal; only `y` and `yes` mean yes. */
export async function askYesNo(io: CliIo, question: string): Promise<boolean> {
  io.stdout.write(question);
  io.stdin.setEncoding('utf8');
  let answer = '';
  for await (const chunk of io.stdin) {
    answer += chunk as string;
    if (answer.includes('\n')) break;
  }
  return /^y(es)?$/i.test(answer.trim());
}
