import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Refusal } from '#domain/refusal.ts';
import type { Config } from '#server/config.ts';

/** One thing the operator can ask for. Results go to stdout, everything else to stderr. */
export interface Command {
  /** As typed after `dastarkhan`, such as `forum create <file.json> [--json]`. */
  readonly usage: string;
  readonly summary: string;
  /** What `--help` says beside: of what a file has to hold. */
  readonly more?: string;
  /** Returns the exit code. */
  run(args: string[], config: Config): Promise<number>;
}

/** The command was typed wrongly: exit code 2. */
export class UsageError extends Error {}

/** The command was understood and refused: exit code 1. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** `parseArgs`, with its complaints as usage errors. */
export function parseCommand<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]!);
  }
}

/** The one file or name that the command takes. */
export function onlyPositional(positionals: readonly string[], what: string): string {
  const [value, extra] = positionals;
  if (!value) throw new UsageError(`${what} is missing`);
  if (extra !== undefined) throw new UsageError(`“${extra}” is more than was expected`);
  return value;
}

/** The command takes none. */
export function noPositional(positionals: readonly string[]): void {
  if (positionals[0] !== undefined) throw new UsageError(`“${positionals[0]}” is more than was expected`);
}

/** Where links lead. */
export const originOf = (config: Config): string => config.origin ?? `http://localhost:${config.port}`;

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
export const printLine = (line: string): void => void process.stdout.write(`${line}\n`);
export const note = (line: string): void => void process.stderr.write(`${line}\n`);
