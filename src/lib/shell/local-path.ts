const HERE = 'http://here.invalid';

/**
 * A path on this site from what a form or an address says; `otherwise` for anything that would lead elsewhere. What comes back is the
 * resolved path, looked at again: `/.//other.example` resolves to `//other.example`, which a browser takes for another site.
 */
export function localPath(value: unknown, otherwise: string): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return otherwise;
  const url = URL.parse(value, HERE);
  if (url?.origin !== HERE) return otherwise;
  const path = url.pathname + url.search;
  return URL.parse(path, HERE)?.href === HERE + path ? path : otherwise;
}
