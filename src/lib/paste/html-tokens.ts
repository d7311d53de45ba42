/**
 * HTML as a row of tags and texts, in time by its length. A clipboard's HTML may be anything, and the browser's own parser takes a minute
 * for some of it: nothing of it is ever made into elements.
 */
export type Token =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Attributes }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `<!--[if …]>`-like marks of office programs come as their words. */
  | { readonly kind: 'comment'; readonly text: string };

export type Attributes = ReadonlyMap<string, string>;

/** Their content is no text. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript']);
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

export const isVoid = (name: string): boolean => VOID.has(name);

export function* tokensOf(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next !== at) {
      yield { kind: 'text', text: decoded(html.slice(at, next < 0 ? undefined : next)) };
      if (next < 0) return;
    }
    if (html.startsWith('<!--', next)) {
      const end = html.indexOf('-->', next + 4);
      yield { kind: 'comment', text: html.slice(next + 4, end < 0 ? undefined : end).slice(0, 100) };
      at = end < 0 ? html.length : end + 3;
    } else if (/[!?]/.test(html[next + 1] ?? '')) {
      const end = html.indexOf('>', next);
      yield { kind: 'comment', text: html.slice(next + 2, end < 0 ? undefined : end).slice(0, 100) };
      at = end < 0 ? html.length : end + 1;
    } else if (/[a-z/]/i.test(html[next + 1] ?? '')) {
      const end = endOfTag(html, next + 1);
      const inside = html.slice(next + 1, end);
      at = Math.min(end + 1, html.length);
      const token = tagOf(inside);
      if (!token) continue;
      yield token;
      if (token.kind === 'open' && RAW.has(token.name)) at = endOfRaw(html, at, token.name);
    } else {
      yield { kind: 'text', text: '<' };
      at = next + 1;
    }
  }
}

/** A `>` in a quoted value does not end a tag. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at += 1) {
    const sign = html.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '>') return at;
    else if ((sign === '"' || sign === "'") && html.charAt(at - 1) === '=') quote = sign;
  }
  return html.length;
}

function endOfRaw(html: string, from: number, name: string): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
  return html.length;
}

const LONGEST_TAG = 20_000; // characters of attributes that are looked at; pictures inside addresses are longer

function tagOf(inside: string): Token | null {
  const head = /^\/?([a-z][a-z0-9:_-]*)/i.exec(inside.slice(0, 80));
  const name = head?.[1]?.toLowerCase();
  if (!head || name === undefined) return null;
  if (inside.startsWith('/')) return { kind: 'close', name };
  const attributes = new Map<string, string>();
  for (const match of inside.slice(head[0].length, LONGEST_TAG).matchAll(ATTRIBUTE)) {
    const key = match[1]?.toLowerCase() ?? '';
    if (!attributes.has(key)) attributes.set(key, decoded(match[2] ?? match[3] ?? match[4] ?? ''));
  }
  return { kind: 'open', name, attributes };
}

const ATTRIBUTE = /([^\s=/>"']+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Those that programs put between words; all others come as numbers or as themselves. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  bull: '•',
  emsp: ' ',
  ensp: ' ',
  gt: '>',
  hellip: '…',
  laquo: '«',
  ldquo: '“',
  lrm: '\u200e',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  middot: '·',
  nbsp: '\u00a0',
  ndash: '–',
  quot: '"',
  raquo: '»',
  rdquo: '”',
  rlm: '\u200f',
  rsquo: '’',
  sect: '§',
  shy: '\u00ad',
  thinsp: ' ',
  zwj: '\u200d',
  zwnj: '\u200c',
};

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
        if (name !== undefined) return NAMED[String(name)] ?? String(whole);
        const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
      })
    : text;
