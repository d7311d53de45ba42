import { parseCommand, UsageError } from '#server/cli/command.ts';
import { MOST_ROOMS } from '#domain/workshop/decide-rooms.ts';
import { library } from '#server/script/library.ts';

export interface DemoOptions {
  readonly people: number;
  readonly rooms: number;
  readonly minutes: number;
  /** Of the library, to be run to its end; null: people write one board a room together, for `minutes`. */
  readonly script: string | null;
  /** How many times as fast as planned a script's steps go. */
  readonly speed: number;
  /** Given: a server must run there. */
  readonly origin: string | null;
  readonly out: string | null;
  readonly seed: number;
  readonly json: boolean;
}

export function readOptions(args: string[]): DemoOptions {
  const { values, positionals } = parseCommand(args, {
    people: { type: 'string', default: '35' },
    rooms: { type: 'string', default: '5' },
    minutes: { type: 'string' },
    script: { type: 'string' },
    speed: { type: 'string' },
    origin: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  });
  if (positionals[0] !== undefined) throw new UsageError(`“${positionals[0]}” is more than was expected`);
  if (values.script === undefined && values.speed !== undefined) {
    throw new UsageError(
      '--speed is how fast a script goes: say which with --script, or how long people write with --minutes',
    );
  }
  if (values.script !== undefined && values.minutes !== undefined) {
    throw new UsageError('--minutes does not go with --script, whose steps have their own: --speed makes them shorter');
  }
  const script = values.script === undefined ? null : scriptFrom(values.script);
  const people = within('people', values.people, 1, 500, true);
  return {
    people,
    rooms: within('rooms', values.rooms, 1, MOST_ROOMS, true),
    minutes: within('minutes', values.minutes ?? '2', 0.05, 120, false),
    script,
    speed: within('speed', values.speed ?? '30', 1, 600, false),
    origin: values.origin === undefined ? null : originFrom(values.origin),
    out: values.out ?? null,
    seed: within('seed', values.seed, 0, 2 ** 32 - 1, true),
    json: values.json,
  };
}

function within(name: string, text: string, least: number, most: number, whole: boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new UsageError(`--${name} must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not “${text}”`);
  }
  return value;
}

function scriptFrom(text: string): string {
  const ids = library().map(({ id }) => id);
  if (!ids.includes(text)) throw new UsageError(`--script must be one of ${ids.join(', ')}, not “${text}”`);
  return text;
}

function originFrom(text: string): string {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--origin must be like http://localhost:3000, not “${text}”`);
  }
  return url.origin;
}
