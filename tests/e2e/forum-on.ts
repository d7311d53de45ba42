import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dastarkhan, type ServerProcess } from '../rig/server-process.ts';
import { expect, type Arrive, type Guest } from './fixtures.ts';

export interface MadeForum {
  /** Where its server is asked. */
  readonly origin: string;
  readonly slug: string;
  readonly joinCode: string;
  /** Path of the link that makes somebody its organizer. */
  readonly organizerPath: string;
  /** Path of its first workshop. */
  readonly workshop: string;
}

/** A forum on a running server, made by the command line. Without an agenda it has one workshop with one room. */
export async function forumOn(server: ServerProcess, details: object = {}): Promise<MadeForum> {
  const workshop = { kind: 'workshop', title: 'Recommendations', question: 'What do we do?', rooms: [{ name: 'One' }] };
  const file = join(server.dataDir, 'forum.json');
  writeFileSync(
    file,
    JSON.stringify({ title: 'A forum', from: '2026-05-01', to: '2026-05-01', agenda: [workshop], ...details }),
  );
  const { code, stdout, stderr } = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: server.dataDir });
  if (code !== 0) throw new Error(stderr);
  const made = JSON.parse(stdout) as {
    slug: string;
    joinCode: string;
    organizerLink: string;
    workshops: { id: string }[];
  };
  return {
    origin: server.origin,
    slug: made.slug,
    joinCode: made.joinCode,
    organizerPath: new URL(made.organizerLink).pathname,
    workshop: `/forums/${made.slug}/workshops/${made.workshops[0]?.id}`,
  };
}

/** Takes the organizer's link with a new account, without its page, and goes to the control room. */
export async function takeControl({ page, context }: Guest, forum: MadeForum): Promise<void> {
  const answer = await context.request.post(`${forum.origin}${forum.organizerPath}?/signUp`, {
    form: { name: 'Alyona', email: 'alyona@example.org', password: 'a sentence is long enough' },
    headers: { origin: forum.origin, accept: 'text/html' },
    maxRedirects: 0,
  });
  expect(answer.headers().location).toBe(`/forums/${forum.slug}`);
  await page.goto(`${forum.workshop}/control`);
}

export async function beginWriting({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Next: Write together' }).click();
  await page.getByRole('button', { name: 'Next: Close' }).waitFor();
}

/** A forum whose organizer is in the control room, and where writing has begun. */
export async function writingOn(
  server: ServerProcess,
  arrive: Arrive,
): Promise<{ readonly forum: MadeForum; readonly organizer: Guest }> {
  const forum = await forumOn(server);
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  await beginWriting(organizer);
  return { forum, organizer };
}

/** Joins as a program does, which takes a page less, and goes to the board. */
export async function takeSeat(guest: Guest, forum: MadeForum, language = 'en'): Promise<Guest> {
  const data = { code: forum.joinCode, name: guest.name, language };
  const answer = await guest.context.request.post(`${forum.origin}/api/join`, { data });
  expect(answer.status()).toBe(200);
  await guest.page.goto(forum.workshop);
  return guest;
}

/** Joins by the link that the QR holds. */
export async function sitDown(guest: Guest, forum: MadeForum): Promise<Guest> {
  await guest.page.goto(`/join/${forum.joinCode}`);
  await guest.page.getByLabel('Your name').fill(guest.name);
  await guest.page.getByLabel('You will write in').selectOption('en');
  await guest.page.getByRole('button', { name: 'Take your seat' }).click();
  await guest.page.waitForURL(/\/workshops\//);
  return guest;
}
