import { openKeptStorage } from '#server/storage/open-storage.ts';
import { noPositional, parseCommand, printJson, printLine, type Command } from '../command.ts';

export const accountList: Command = {
  usage: 'account list [--json]',
  summary: 'Lists every account with the forums in which it has a seat.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    noPositional(positionals);
    const storage = await openKeptStorage(config);
    try {
      const accounts = await storage.accounts.all();
      const listed = await Promise.all(
        accounts.map(async ({ id, email, name, createdAt }) => {
          const seats = (await storage.accounts.seats(id)).filter(({ removedAt }) => removedAt === null);
          const forums = await Promise.all(
            seats.map(async ({ forumId, role }) => ({ slug: (await storage.forums.byId(forumId))?.slug ?? '', role })),
          );
          return { accountId: id, email, name, createdAt: new Date(createdAt).toISOString(), forums };
        }),
      );
      if (values.json) printJson(listed);
      else {
        for (const { email, name, forums } of listed) {
          const seats = forums.map(({ slug, role }) => `${role} of ${slug}`).join(', ');
          printLine(`${email}  ${name}${seats && `  (${seats})`}`);
        }
      }
      return 0;
    } finally {
      await storage.close();
    }
  },
};
