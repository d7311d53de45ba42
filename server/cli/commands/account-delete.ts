import { Erasure } from '#server/auth/erasure.ts';
import { openKeptStorage } from '#server/storage/open-storage.ts';
import { noPositional, parseCommand, printJson, printLine, Refused, UsageError, type Command } from '../command.ts';

export const accountDelete: Command = {
  usage: 'account delete --email <address> [--json]',
  summary:
    'Erases an account and its person in every forum; what was written stays. A backup that is restored later is erased again.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { email: { type: 'string' }, json: { type: 'boolean' } });
    noPositional(positionals);
    if (!values.email) throw new UsageError('--email is missing');
    const storage = await openKeptStorage(config);
    try {
      const known = await storage.accounts.byEmail(values.email.trim());
      if (!known) throw new Refused({ kind: 'accountUnknown' });
      // A running server sees by itself that sessions have ended.
      const passes = { end: () => undefined };
      const { dataDir } = config;
      const erasure = new Erasure({ storage, dataDir, clock: Date.now, passes, announce: () => undefined });
      const erased = await erasure.account(known.account.id);
      if (!erased.ok) throw new Refused(erased.refusal);
      if (values.json) printJson({ accountId: known.account.id });
      else printLine(`account ${known.account.id} is erased`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};
