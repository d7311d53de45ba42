import { backUp } from '#server/storage/backup.ts';
import { onlyPositional, parseCommand, printJson, printLine, type Command } from '../command.ts';

export const backup: Command = {
  usage: 'backup <file> [--json]',
  summary: 'Copies the database to a file, also while a server runs. The copy is checked before it gets its name.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const file = onlyPositional(positionals, '<file>');
    const { bytes } = await backUp(config, file);
    if (values.json) printJson({ file, bytes });
    else printLine(`${file}: ${bytes} bytes`);
    return 0;
  },
};
