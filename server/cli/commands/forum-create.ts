import { newInvitation } from '#server/auth/invitations.ts';
import { randomId } from '#server/auth/tokens.ts';
import { Forums } from '#server/forum/forums.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { onlyPositional, originOf, parseCommand, printJson, Refused, type Command } from '../command.ts';
import { printForum, summaryOf } from '../forum-summary.ts';
import { readInput, readJson } from '../read-input.ts';

export const forumCreate: Command = {
  usage: 'forum create <file.json> [--json]',
  summary: 'Makes a forum with its agenda and rooms. Whoever opens the organizer link first becomes its organizer.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const file = onlyPositional(positionals, '<file.json>');
    const details = parseForumJson(readJson(await readInput(file), file), randomId);
    if (!details.ok) throw new Refused(details.refusal);
    const storage = await openStorage(config);
    try {
      const created = await new Forums(storage, Date.now).create(null, details.value);
      if (!created.ok) throw new Refused(created.refusal);
      const forum = created.value;
      const token = await newInvitation(storage, { forum: forum.id, role: 'organizer', by: null }, Date.now());
      const summary = summaryOf(forum, `${originOf(config)}/invite/${token}`);
      if (values.json) printJson(summary);
      else printForum(summary, originOf(config));
      return 0;
    } finally {
      await storage.close();
    }
  },
};
