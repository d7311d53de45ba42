import { restore } from '#server/storage/backup.ts';
import { onlyPositional, parseCommand, printJson, printLine, type Command } from '../command.ts';

export const restoreCommand: Command = {
  usage: 'restore <file> [--json]',
  summary: 'Puts a backup in the place of the database; no server may be running. The old database is kept aside.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const file = onlyPositional(positionals, '<file>');
    const { documents, keptAside, missing } = await restore(config, file, Date.now());
    if (values.json) printJson({ documents, keptAside, missing });
    else {
      printLine(`restored ${file} with ${documents} documents`);
      if (keptAside) printLine(`the database from before is ${keptAside}`);
      for (const line of missing) printLine(`not in this backup: ${line}`);
    }
    return 0;
  },
};
