import { spawnSync } from 'node:child_process';

/** A system call as its process saw it: `entered` with what it was to write, `left` with what it has read. */
export interface SystemCall {
  readonly at: 'entered' | 'left';
  readonly name: string;
  /** File or connection. */
  readonly target: string;
  readonly bytes: Buffer;
  /** Null when entered. */
  readonly result: number | null;
}

export const canTrace = spawnSync('strace', ['-V']).status === 0;
if (!canTrace) console.warn('strace IS NOT INSTALLED: what it would show is NOT TESTED (apt-get install strace)');

/** Runs a command under strace; the command stays the caller's own child. */
export const traced = (log: string, calls: readonly string[]): string[] =>
  ['strace', '-D', '-f', '-qq', '-yy', '-xx', '-s', '8192', '-e', 'signal=none'].concat(
    ['-e', `trace=${calls.join()}`],
    ['-o', log],
  );

/** Calls in the order in which strace saw them; only those whose target passes. */
export function* systemCalls(log: string, wanted: (target: string) => boolean): Generator<SystemCall> {
  const entered = new Map<string, SystemCall>();
  for (const line of log.split('\n')) {
    const begun = /^(\d+) +(\w+)\(\d+<((?:->|[^>])*)>(.*)$/.exec(line);
    if (begun) {
      const [, thread = '', name = '', path = '', rest = ''] = begun;
      const target = path.includes('\\x') ? unescaped(path).toString() : path;
      if (!wanted(target)) continue;
      const call = { name, target, bytes: stringsOf(rest) };
      yield { ...call, at: 'entered', result: null };
      if (rest.endsWith('<unfinished ...>')) entered.set(thread, { ...call, at: 'entered', result: null });
      else yield { ...call, at: 'left', result: resultOf(rest) };
      continue;
    }
    const resumed = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/.exec(line);
    const call = resumed && entered.get(resumed[1] ?? '');
    if (!call) continue;
    entered.delete(resumed[1] ?? '');
    const rest = resumed[2] ?? '';
    const read = stringsOf(rest);
    yield { ...call, at: 'left', bytes: read.length > 0 ? read : call.bytes, result: resultOf(rest) };
  }
}

const resultOf = (rest: string): number => Number(/ = (-?\d+)[^=]*$/.exec(rest)?.[1] ?? -1);

const stringsOf = (rest: string): Buffer =>
  Buffer.concat([...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => unescaped(text)));

const unescaped = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');
