import { text } from 'node:stream/consumers';
import { NewPasswords } from '#server/auth/new-passwords.ts';
import { openKeptStorage } from '#server/storage/open-storage.ts';
import { noPositional, parseCommand, printJson, printLine, Refused, UsageError, type Command } from '../command.ts';

export const accountPassword: Command = {
  usage: 'account password --email <address> [--json]',
  summary:
    'Sets a new password, which is read from standard input, and signs the account out everywhere, also while a server runs.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { email: { type: 'string' }, json: { type: 'boolean' } });
    noPositional(positionals);
    if (!values.email) throw new UsageError('--email is missing');
    const password = (await text(process.stdin)).replace(/\r?\n$/, '');
    const storage = await openKeptStorage(config);
    try {
      const known = await storage.accounts.byEmail(values.email.trim());
      if (!known) throw new Refused({ kind: 'accountUnknown' });
      // A running server sees by itself that sessions have ended.
      const passwords = new NewPasswords({ storage, clock: Date.now, passes: { end: () => undefined } });
      const set = await passwords.set(known.account.id, password, null);
      if (!set.ok) throw new Refused(set.refusal);
      if (values.json) printJson({ accountId: known.account.id, email: known.account.email });
      else printLine(`new password for ${known.account.email}; signed out everywhere`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};
