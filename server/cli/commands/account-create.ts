import { text } from 'node:stream/consumers';
import { Accounts } from '#server/auth/accounts.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { parseCommand, printJson, printLine, Refused, UsageError, type Command } from '../command.ts';

export const accountCreate: Command = {
  usage: 'account create --email <address> --name <name> [--password <password>] [--json]',
  summary:
    'Makes an account. Without --password the password is read from standard input, so that no history keeps it.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, {
      email: { type: 'string' },
      name: { type: 'string' },
      password: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (positionals[0] !== undefined) throw new UsageError(`“${positionals[0]}” is more than was expected`);
    if (!values.email) throw new UsageError('--email is missing');
    if (!values.name) throw new UsageError('--name is missing');
    const password = values.password ?? (await text(process.stdin)).replace(/\r?\n$/, '');
    const storage = await openStorage(config);
    try {
      const accounts = new Accounts(storage, Date.now);
      const made = await accounts.create({ email: values.email, name: values.name, password });
      if (!made.ok) throw new Refused(made.refusal);
      const { id, email, name } = made.value;
      if (values.json) printJson({ accountId: id, email, name });
      else printLine(`account for ${name} <${email}>`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};
