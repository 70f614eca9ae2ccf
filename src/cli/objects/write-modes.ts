// How a writing command writes and what it says of it: `--dry-run`, `--validate`, `-o`.
import { CommandFailed, type CommandRun } from '../command.ts';
import { listOf } from './get.ts';
import type { AnyObject, WriteMode } from './object-client.ts';
import { choosePrinter, type PrinterChoice } from './print/choose-printer.ts';
import { objectTitle } from './print/print-name.ts';
import { wrongUse } from './words.ts';

export type DryRun = 'none' | 'client' | 'server';

/** Reads `--dry-run`; an old form without a value means `client`, and says so. Throws CommandFailed. */
export function readDryRun({ flags, io }: CommandRun): DryRun {
  const given = flags.string('dry-run');
  if (given === 'none' || given === 'client' || given === 'server') return given;
  if (given === 'unchanged' || given === 'true') {
    io.stderr.write('--dry-run is deprecated and can be replaced with --dry-run=client.\n');
    return 'client';
  }
  if (given === 'false') return 'none';
  throw new CommandFailed(`Invalid dry-run value (${given}). Must be "none", "server", or "client".`);
}

/** The server's word for `--validate`. Throws ObjectFailure. */
export function readValidation({ flags }: CommandRun): string {
  const given = flags.string('validate');
  const known: Readonly<Record<string, string>> = {
    strict: 'Strict',
    true: 'Strict',
    warn: 'Warn',
    ignore: 'Ignore',
    false: 'Ignore',
    '': 'Strict',
  };
  if (Object.hasOwn(known, given)) return known[given]!;
  throw wrongUse(`invalid - validate option ${given}`);
}

export function writeModeOf(dryRun: DryRun, more: WriteMode = {}): WriteMode {
  return dryRun === 'server' ? { ...more, dryRun: true } : more;
}

/** Says what became of objects: a line each, or what `-o` asks for. */
export class Reporter {
  readonly #run: CommandRun;
  readonly #printer: PrinterChoice | undefined;
  readonly #suffix: string;
  readonly #objects: AnyObject[] = [];

  private constructor(run: CommandRun, printer: PrinterChoice | undefined, dryRun: DryRun) {
    this.#run = run;
    this.#printer = printer;
    this.#suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  }

  static async make(run: CommandRun, dryRun: DryRun): Promise<Reporter> {
    return new Reporter(run, await choosePrinter(run.flags, false), dryRun);
  }

  /** `configmap.tilt.dev/x created` */
  tell(object: AnyObject, deed: string): void {
    const { stdout } = this.#run.io;
    if (!this.#printer) stdout.write(`${objectTitle(object)} ${deed}${this.#suffix}\n`);
    else if (this.#printer.isOneByOne) stdout.write(this.#printer.print(object));
    else this.#objects.push(object);
  }

  /** Prints what waits to be printed together: one object alone, several as a List when wanted. */
  finish(asList: boolean): void {
    if (!this.#printer || this.#objects.length === 0) return;
    const { stdout } = this.#run.io;
    if (!asList || this.#objects.length === 1)
      for (const object of this.#objects) stdout.write(this.#printer.print(object));
    else {
      const { metadata: _, ...list } = listOf(this.#objects);
      stdout.write(this.#printer.print({ ...list, metadata: {} } as unknown as AnyObject));
    }
  }
}
