import { isPlayable } from '#domain/script/step.ts';
import { note, printLine } from '#server/cli/command.ts';
import type { Course } from './course.ts';

/** What the demo of a script found, as `--json` prints it. */
export interface ScriptSummary extends Course {
  readonly script: string;
  readonly people: number;
  readonly rooms: number;
  /** On all boards at the end. */
  readonly ideas: number;
  /** Sent by the server to each participant's device: joining, live channel and boards, headers too. */
  readonly bytesPerSeat: { readonly p50: number; readonly max: number };
  /** To all devices, the facilitator's too. */
  readonly bytesTotal: number;
  readonly converged: boolean;
  /** Processor time in this run, and memory at its end; null where the system does not tell. */
  readonly server: { readonly cpuMs: number; readonly rssMb: number } | null;
  readonly files: readonly string[];
}

/** Nearest rank; nobody has received nothing. */
export function spread(bytes: readonly number[]): ScriptSummary['bytesPerSeat'] {
  const sorted = [...bytes].sort((a, b) => a - b);
  return { p50: sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, max: sorted.at(-1) ?? 0 };
}

export function printScriptSummary(summary: ScriptSummary): void {
  const { steps, people, rooms, ideas, moves, help, broadcasts, bytesPerSeat, bytesTotal, server } = summary;
  printLine('');
  const width = Math.max(...steps.map(({ id }) => id.length));
  for (const { id, kind, startedAt, endedAt } of steps) {
    const took = startedAt === null || endedAt === null ? null : `${((endedAt - startedAt) / 1000).toFixed(1)} s`;
    printLine(
      `${id.padEnd(width)}  ${kind.padEnd(13)} ${took ?? (isPlayable(kind) ? 'passed over' : 'passed over: cannot be run here yet')}`,
    );
  }
  printLine('');
  printLine(
    `${people} people, ${rooms} rooms, ${ideas} ideas, ${moves} moves, ${help} calls for help, ${broadcasts} messages`,
  );
  printLine(`${summary.repeatsMet} pairs met again, ${summary.aloneInLanguage} alone in their language`);
  printLine(
    `bytes    ${kilobytes(bytesPerSeat.p50)} a seat, at most ${kilobytes(bytesPerSeat.max)}, ${kilobytes(bytesTotal)} in all`,
  );
  printLine(
    `server   ${server ? `${(server.cpuMs / 1000).toFixed(1)} s of processor time, ${server.rssMb} MB of memory` : 'not measured on this system'}`,
  );
  printLine('');
  for (const file of summary.files) printLine(file);
  if (!summary.converged) note('dastarkhan: not all boards are equal to what the server stored');
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;
