/** A path on this site from what a form or an address says; `otherwise` for anything that would lead elsewhere. */
export function localPath(value: unknown, otherwise: string): string {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return otherwise;
  const url = URL.parse(value, 'http://here.invalid');
  return url?.origin === 'http://here.invalid' ? url.pathname + url.search : otherwise;
}
