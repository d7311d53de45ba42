const ASSET = /[^"'()\s]*?(\/_app\/immutable\/[\w./-]+\.(?:js|css))/g;

/** The scripts and styles that a page cannot do without, as its HTML names them. */
export function assetsNamed(html: string): string[] {
  return [...new Set([...html.matchAll(ASSET)].map(([, path = '']) => path))];
}
