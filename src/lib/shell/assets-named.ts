const ASSET = /\/_app\/immutable\/[\w./-]+\.(?:js|css)/g;

/** The scripts and styles that a page cannot do without, as its HTML and its `Link` header name them. */
export async function assetsNamed(page: Response): Promise<string[]> {
  const text = `${page.headers.get('link') ?? ''} ${await page.clone().text()}`;
  return [...new Set([...text.matchAll(ASSET)].map(([path]) => path))];
}
