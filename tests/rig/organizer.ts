import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dastarkhan, type ServerProcess } from './server-process.ts';

/** Somebody with an account who organizes a forum on a running server, without a browser. */
export interface Organizer {
  /** Path of the forum's first workshop. */
  readonly workshop: string;
  get(path: string): Promise<Response>;
  /** A form, as a browser without scripts sends it. */
  post(path: string, form: Record<string, string>): Promise<{ status: number; location: string | null }>;
}

/** `details`: of the forum, which has a workshop. `at`: where the server is asked, if that is not the origin that it is open at. */
export async function takeOrganizer(server: ServerProcess, details: object, at = server.origin): Promise<Organizer> {
  const file = join(server.dataDir, 'forum.json');
  writeFileSync(file, JSON.stringify(details));
  const made = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: server.dataDir });
  if (made.code !== 0) throw new Error(made.stderr);
  const forum = JSON.parse(made.stdout) as { slug: string; organizerLink: string; workshops: { id: string }[] };
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await fetch(`${at}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookie(), origin: server.origin, accept: 'text/html' },
      body: new URLSearchParams(form),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    await answer.arrayBuffer();
    return { status: answer.status, location: answer.headers.get('location') };
  };
  const person = { name: 'Alyona', email: 'alyona@example.org', password: 'a sentence is long enough' };
  const taken = await post(`${new URL(forum.organizerLink).pathname}?/signUp`, person);
  if (taken.status !== 303) throw new Error(`the organizer's link was answered with ${taken.status}`);
  return {
    workshop: `/forums/${forum.slug}/workshops/${forum.workshops[0]?.id}`,
    get: (path) => fetch(`${at}${path}`, { headers: { cookie: cookie() }, redirect: 'manual' }),
    post,
  };
}
