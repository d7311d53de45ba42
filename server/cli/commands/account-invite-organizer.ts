import { newInvitation } from '#server/auth/invitations.ts';
import { openKeptStorage } from '#server/storage/open-storage.ts';
import { onlyPositional, originOf, parseCommand, printJson, printLine, Refused, type Command } from '../command.ts';

export const accountInviteOrganizer: Command = {
  usage: 'account invite-organizer <forum> [--json]',
  summary:
    'Prints a link that makes whoever opens it first an organizer of the forum: for one that has lost its organizers. <forum> is the last part of its address.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const slug = onlyPositional(positionals, '<forum>');
    const storage = await openKeptStorage(config);
    try {
      const forum = await storage.forums.bySlug(slug);
      if (!forum) throw new Refused({ kind: 'forumUnknown' });
      const token = await newInvitation(storage, { forum: forum.id, role: 'organizer', by: null }, Date.now());
      const link = `${originOf(config)}/invite/${token}`;
      if (values.json) printJson({ forumId: forum.id, slug, organizerLink: link });
      else printLine(link);
      return 0;
    } finally {
      await storage.close();
    }
  },
};
