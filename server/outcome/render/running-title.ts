const LONGEST = 120;

/** The title in one line, for every page's edge: a long one there would fill each page anew. */
export function runningTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\p{Surrogate}$/u, '')}…`;
}
