import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dastarkhan, ServerProcess } from '../rig/server-process.ts';
import { FULL, READ_ONLY } from './disk-faults.ts';
import { isBuilt } from './hall.ts';

const [FAULT = FULL] = [FULL, READ_ONLY].filter(({ isPossible }) => isPossible);

test.skipIf(!FAULT.isPossible || !isBuilt)(
  '[H18] who joins while nothing can be stored is told so with 503 and in words, and gets the seat with the same form afterwards',
  async () => {
    const dataDir = FAULT.folder();
    const server = new ServerProcess({}, dataDir);
    await server.start();
    const file = join(dataDir, 'forum.json');
    const workshop = { kind: 'workshop', title: 'One', rooms: [{ name: 'North' }] };
    writeFileSync(file, JSON.stringify({ title: 'A forum', from: '2026-05-01', agenda: [workshop] }));
    const made = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: dataDir });
    const { joinCode } = JSON.parse(made.stdout) as { joinCode: string };
    const page = await fetch(`${server.origin}/join/${joinCode}`);
    const cookie = page.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    const [, id = ''] = /name="id" value="([^"]+)"/.exec(await page.text()) ?? [];
    expect(id).not.toBe('');
    const origin = server.origin;
    const post = (headers: Record<string, string>) =>
      fetch(`${origin}/join/${joinCode}?/join`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin, cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: String(new URLSearchParams({ name: 'Aida', language: 'en', id })),
      });
    const asProgram = () =>
      fetch(`${origin}/api/join`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: joinCode, name: 'Bolat', id: 'x'.repeat(22) }),
      });

    const release = await FAULT.begin(server.pid!, dataDir);
    const form = await post({ accept: 'text/html' });
    expect(form.status).toBe(503);
    expect(form.headers.get('retry-after')).toBe('5');
    expect(await form.text()).toContain('The server is starting or resting');
    const enhanced = await post({ accept: 'application/json', 'x-sveltekit-action': 'true' });
    expect(enhanced.status).toBe(503);
    expect(await enhanced.text()).toContain('notStored');
    const program = await asProgram();
    expect(program.status).toBe(503);
    expect(await program.json()).toMatchObject({ refusal: { kind: 'notStored' } });
    await release();

    await expect.poll(async () => (await post({ accept: 'text/html' })).status).toBe(303);
    await server.stop();
    FAULT.remove(dataDir);
  },
);
