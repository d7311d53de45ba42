/**
 * Asks the server for a link that brings one's own seat in a forum to another device, or makes that the screen of a workshop. Rejects when
 * there is none.
 */
export async function askMoveLink(
  slug: string,
  screen: { readonly workshop?: string; readonly name?: string } = {},
): Promise<string> {
  const body = new FormData();
  for (const [key, value] of Object.entries({ slug, ...screen })) body.set(key, value);
  const answer = await fetch('/seat', { method: 'POST', body });
  const made: unknown = await answer.json();
  if (answer.ok && typeof made === 'object' && made && 'link' in made && typeof made.link === 'string')
    return made.link;
  throw new Error(`no link: ${answer.status}`);
}
