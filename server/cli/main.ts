import { ConfigError, readConfig } from '#server/config.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { note, printLine, Refused, UsageError, type Command } from './command.ts';
import { refusalLine } from './refusal-line.ts';

/** Each command is loaded only when it is asked for: `--help` must not wait for a renderer. */
const COMMANDS: Record<string, { summary: string; load: () => Promise<Command> }> = {
  demo: {
    summary: 'let simulated people run a workshop, and write its outcome',
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  'account create': {
    summary: 'make an account for an organizer or facilitator',
    load: async () => (await import('./commands/account-create.ts')).accountCreate,
  },
  'account list': {
    summary: 'list the accounts and what they are in which forum',
    load: async () => (await import('./commands/account-list.ts')).accountList,
  },
  'account password': {
    summary: 'set a new password for an account, and sign it out everywhere',
    load: async () => (await import('./commands/account-password.ts')).accountPassword,
  },
  'account delete': {
    summary: 'erase an account and the person behind it',
    load: async () => (await import('./commands/account-delete.ts')).accountDelete,
  },
  'account invite-organizer': {
    summary: 'make a link for a new organizer of a forum',
    load: async () => (await import('./commands/account-invite-organizer.ts')).accountInviteOrganizer,
  },
  'forum create': {
    summary: 'make a forum from a JSON file',
    load: async () => (await import('./commands/forum-create.ts')).forumCreate,
  },
  'script list': {
    summary: 'list the scripts that come with Dastarkhan',
    load: async () => (await import('./commands/script-list.ts')).scriptList,
  },
  'script check': {
    summary: 'say whether a JSON file is a script, and what is wrong with it',
    load: async () => (await import('./commands/script-check.ts')).scriptCheck,
  },
  'outcome import': {
    summary: 'make a forum from an earlier outcome (a WordPress post as JSON)',
    load: async () => (await import('./commands/outcome-import.ts')).outcomeImport,
  },
  'outcome export': {
    summary: 'write the outcome document of a forum as files',
    load: async () => (await import('./commands/outcome-export.ts')).outcomeExport,
  },
  backup: {
    summary: 'copy the database to a file, also while a server runs',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  restore: {
    summary: 'put a backup in the place of the database',
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  verify: {
    summary: 'read the whole database and say whether it holds together',
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const [first, second] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    printLine(overview());
    return first === undefined ? 2 : 0;
  }
  const name = `${first} ${second}` in COMMANDS ? `${first} ${second}` : first;
  const entry = COMMANDS[name];
  if (!entry) {
    note(`dastarkhan: there is no command “${[first, second].filter(Boolean).join(' ')}”\n\n${overview()}`);
    return 2;
  }
  const rest = args.slice(name.split(' ').length);
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    const { usage, summary, more } = command;
    printLine([`dastarkhan ${usage}`, summary, ...(more === undefined ? [] : [more])].join('\n\n'));
    return 0;
  }
  try {
    return await command.run(rest, readConfig());
  } catch (error) {
    return report(error, command);
  }
}

function report(error: unknown, command: Command): number {
  if (error instanceof UsageError) {
    note(`dastarkhan: ${error.message}\nusage: dastarkhan ${command.usage}`);
    return 2;
  }
  if (error instanceof Refused) note(`dastarkhan: ${refusalLine(error.refusal)}`);
  else if (error instanceof ConfigError || error instanceof StorageError) note(`dastarkhan: ${error.message}`);
  else throw error;
  return 1;
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return ['usage: dastarkhan <command> [options]   (<command> --help says more)', '', ...lines].join('\n');
}
