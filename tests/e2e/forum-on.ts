import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dastarkhan, type ServerProcess } from '../rig/server-process.ts';
import type { Arrive, Guest } from './fixtures.ts';

export interface MadeForum {
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
    slug: made.slug,
    joinCode: made.joinCode,
    organizerPath: new URL(made.organizerLink).pathname,
    workshop: `/forums/${made.slug}/workshops/${made.workshops[0]?.id}`,
  };
}

/** Takes the organizer's link with a new account and goes to the control room. */
export async function takeControl({ page }: Guest, forum: MadeForum): Promise<void> {
  await page.goto(forum.organizerPath);
  await page.getByLabel('Your name').first().fill('Alyona');
  await page.getByLabel('E-mail address').first().fill('alyona@example.org');
  await page.getByLabel('Password').first().fill('a sentence is long enough');
  await page.getByRole('button', { name: 'Create an account and accept' }).click();
  await page.waitForURL(/\/forums\//);
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

/** Joins by the link that the QR holds. */
export async function takeSeat(guest: Guest, forum: MadeForum, language = 'en'): Promise<Guest> {
  await guest.page.goto(`/join/${forum.joinCode}`);
  await guest.page.getByLabel('Your name').fill(guest.name);
  await guest.page.getByLabel('You will write in').selectOption(language);
  await guest.page.getByRole('button', { name: 'Take your seat' }).click();
  await guest.page.waitForURL(/\/workshops\//);
  return guest;
}
