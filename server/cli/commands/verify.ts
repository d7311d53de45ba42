import { verify } from '#server/storage/verify.ts';
import { note, parseCommand, printJson, printLine, UsageError, type Command } from '../command.ts';

export const verifyCommand: Command = {
  usage: 'verify [--json]',
  summary:
    'Checks the file, reads every forum and event, and builds every document from its updates. Exit code 1: problems.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    if (positionals[0] !== undefined) throw new UsageError(`“${positionals[0]}” is more than was expected`);
    const found = await verify(config);
    if (values.json) printJson(found);
    else {
      const { problems, lost, ...counts } = found;
      printLine(
        Object.entries(counts)
          .map(([what, count]) => `${count} ${what}`)
          .join(', '),
      );
      for (const line of lost) printLine(`known since an earlier start: ${line}`);
      for (const problem of problems) note(`dastarkhan: ${problem}`);
      if (problems.length === 0) printLine('everything holds together');
    }
    return found.problems.length === 0 ? 0 : 1;
  },
};
