import { note, printLine } from '#server/cli/command.ts';
import type { Usage } from './usage.ts';

/** What the demo found, as `--json` prints it. */
export interface Summary {
  readonly forum: string;
  readonly people: number;
  readonly rooms: readonly {
    readonly room: string;
    readonly clients: number;
    readonly saved: number;
    readonly equal: number;
    readonly ideas: number;
    readonly bytes: number;
  }[];
  readonly edits: number;
  /** Update frames that the server did not take. */
  readonly refused: number;
  readonly converged: boolean;
  /** Null where the system does not tell. */
  readonly server: Usage | null;
  readonly clients: Usage;
  readonly files: readonly string[];
}

export function printSummary(summary: Summary): void {
  const table = summary.rooms.map(({ room, clients, saved, equal, ideas, bytes }) => [
    room,
    `${clients} people`,
    `${ideas} ideas`,
    `${bytes} bytes`,
    equal === clients
      ? 'all equal to what is stored'
      : `NOT ALL EQUAL: ${clients - saved} wait for the server, ${saved - equal} differ from what is stored`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  printLine('');
  for (const row of table)
    printLine(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    );
  printLine('');
  const ideas = summary.rooms.reduce((total, room) => total + room.ideas, 0);
  printLine(`${summary.people} people, ${summary.rooms.length} rooms, ${ideas} ideas, ${summary.edits} edits`);
  printLine(`server   ${usageLine(summary.server)}`);
  printLine(`clients  ${usageLine(summary.clients)}`);
  printLine('');
  for (const file of summary.files) printLine(file);
  if (summary.refused > 0) note(`${summary.refused} updates were refused by the server`);
  if (!summary.converged) note('dastarkhan: not all boards are equal to what the server stored');
}

const usageLine = (usage: Usage | null): string =>
  usage
    ? `${usage.cpuSeconds.toFixed(1)} s of processor time, at most ${Math.round(usage.maxMegabytes)} MB of memory`
    : 'not measured on this system';
