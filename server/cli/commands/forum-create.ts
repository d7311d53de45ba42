import { newInvitation } from '#server/auth/invitations.ts';
import { randomId } from '#server/auth/tokens.ts';
import { Forums } from '#server/forum/forums.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { onlyPositional, originOf, parseCommand, printJson, Refused, type Command } from '../command.ts';
import { printForum, summaryOf } from '../forum-summary.ts';
import { readInput, readJson } from '../read-input.ts';

const EXAMPLE = `{
  "title": "Rivers Without Borders",
  "from": "2027-05-20",
  "to": "2027-05-21",
  "place": "Khujand",
  "language": "en",
  "languages": ["en", "ru", "tg"],
  "countries": ["TJ", "KG"],
  "agenda": [
    { "kind": "opening", "title": "Welcome", "startsAt": "09:00", "endsAt": "09:30" },
    { "kind": "workshop", "title": "One river", "rooms": [{ "name": "Upstream" }, { "name": "Downstream" }] }
  ]
}`;

const FILE = `The file (- is standard input) is a JSON object. Needed: title, and from (the first day, such as 2027-05-20).
The rest may be left out: to (the last day, else the first), place, language (of the forum, else en), languages (else that one),
countries (codes such as TJ), agenda (items with kind opening, panel, workshop or closing, and a title; workshops with their rooms).
A forum's page saves its own file at /api/forums/<slug>/forum.json, with every other field.

${EXAMPLE}`;

export const forumCreate: Command = {
  usage: 'forum create <file.json> [--json]',
  summary: 'Makes a forum with its agenda and rooms. Whoever opens the organizer link first becomes its organizer.',
  more: FILE,

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
