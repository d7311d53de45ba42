import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dastarkhan } from '../rig/server-process.ts';
import { expect, type Guest } from './fixtures.ts';

/** Adds an idea without a theme, as a guest does. */
export async function addIdea({ page }: Guest, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your idea' }).fill(text);
  await page.getByRole('button', { name: 'Add idea' }).click();
}

/** The texts of ideas on the disk, read by the command line and not by the server. */
export async function storedIdeas(dataDir: string, slug: string): Promise<string[]> {
  const done = await dastarkhan(['outcome', 'export', slug, '--format', 'json', '--out', dataDir], {
    DATA_DIR: dataDir,
  });
  expect(done.code, done.stderr).toBe(0);
  const { parkingLot } = JSON.parse(readFileSync(join(dataDir, `${slug}.json`), 'utf8')) as {
    parkingLot: { blocks: { runs: { text: string }[] }[] }[];
  };
  return parkingLot.map(({ blocks }) => blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join(''));
}
