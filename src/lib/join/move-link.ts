/** Asks the server for a link that brings one's own seat in a forum to another device. Rejects when there is none. */
export async function askMoveLink(slug: string): Promise<string> {
  const body = new FormData();
  body.set('slug', slug);
  const answer = await fetch('/seat', { method: 'POST', body });
  const made: unknown = await answer.json();
  if (answer.ok && typeof made === 'object' && made && 'link' in made && typeof made.link === 'string')
    return made.link;
  throw new Error(`no link: ${answer.status}`);
}
