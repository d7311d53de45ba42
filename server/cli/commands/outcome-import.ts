import { randomInt } from 'node:crypto';
import { makeJoinCode } from '#domain/forum/join-code.ts';
import { newInvitation } from '#server/auth/invitations.ts';
import { randomId } from '#server/auth/tokens.ts';
import { importOutcome } from '#server/outcome/import/import-outcome.ts';
import { storeImport } from '#server/outcome/store-import.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { note, onlyPositional, originOf, parseCommand, printJson, Refused, type Command } from '../command.ts';
import { printForum, summaryOf } from '../forum-summary.ts';
import { readInput } from '../read-input.ts';

export const outcomeImport: Command = {
  usage: 'outcome import <file> [--json]',
  summary: 'Makes a forum from an earlier outcome. What could not be placed is kept in its notes and listed on stderr.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const file = onlyPositional(positionals, '<file>');
    const imported = importOutcome(await readInput(file));
    if (!imported.ok) throw new Refused(imported.refusal);
    const storage = await openStorage(config);
    try {
      const joinCode = () => makeJoinCode(randomInt);
      const stored = await storeImport(storage, imported.value, { now: Date.now(), randomId, joinCode });
      if (!stored.ok) throw new Refused(stored.refusal);
      const forum = stored.value;
      const token = await newInvitation(storage, { forum: forum.id, role: 'organizer', by: null }, Date.now());
      const summary = summaryOf(forum, `${originOf(config)}/invite/${token}`);
      for (const text of imported.value.unplaced) note(`not placed, kept in the notes: ${text}`);
      if (values.json) printJson(summary);
      else printForum(summary, originOf(config));
      return 0;
    } finally {
      await storage.close();
    }
  },
};
