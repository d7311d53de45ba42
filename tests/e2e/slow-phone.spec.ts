import { dastarkhan } from '../rig/server-process.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('what is typed before the page’s script has arrived stays', async ({ server, arrive }) => {
  const file = join(server.dataDir, 'forum.json');
  writeFileSync(file, JSON.stringify({ title: 'A forum', from: '2026-05-01', to: '2026-05-01', place: 'Osh' }));
  const made = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: server.dataDir });
  const { joinCode } = JSON.parse(made.stdout) as { joinCode: string };
  const { page } = await arrive('Aida');
  let letThrough = () => {};
  const later = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\.js$/, async (route) => {
    await later;
    await route.continue();
  });

  await page.goto(`/join/${joinCode}`, { waitUntil: 'commit' });
  await page.getByLabel('Your name').fill('Aida');
  await page.getByLabel('Country (if you like)').fill('Kyrgyzstan');
  letThrough();
  await page.waitForFunction(
    () => document.querySelector('datalist option') !== null || document.readyState === 'complete',
  );
  await page.waitForLoadState('networkidle');
  await expect(page.getByLabel('Your name')).toHaveValue('Aida');
  await expect(page.getByLabel('Country (if you like)')).toHaveValue('Kyrgyzstan');
});
