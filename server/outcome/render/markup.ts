import { directionOf, type Language } from '#domain/languages/language.ts';
import { isSafeHref } from '#protocol/rich-text.ts';
import type { Inline } from './piece.ts';
import { printable } from './printable.ts';

/** Every class of ours begins so: an importer and a site's style sheet find the parts by it. */
export const CLASS = 'dastarkhan';
export const classOf = (...names: string[]): string => names.map((name) => `${CLASS}-${name}`).join(' ');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** A line break inside a text is `<br>`: an importer makes it a line break again. */
export const escapeText = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');

export const langAttributes = (lang: Language): string => ` lang="${escapeHtml(lang)}" dir="${directionOf(lang)}"`;

export const inlineHtml = (inlines: readonly Inline[], around: Language): string =>
  inlines.map((inline) => oneInline(inline, around)).join('');

function oneInline({ text, strong, em, href, role, code, lang }: Inline, around: Language): string {
  let html = escapeText(text);
  if (em) html = `<em>${html}</em>`;
  if (strong || role === 'label') html = `<strong>${html}</strong>`;
  if (href && isSafeHref(href)) html = `<a href="${escapeHtml(href)}">${html}</a>`;
  const own = lang !== undefined && lang !== around ? langAttributes(lang) : '';
  if (!role && !own) return html;
  const classes = role ? ` class="${classOf(role, ...(code === undefined ? [] : [codeClass(code)]))}"` : '';
  return `<span${classes}${own}>${html}</span>`;
}

/** A code in a class name: sites keep classes and drop other attributes. `/`, `:` and the like are written as `_hex_`. */
export const codeClass = (code: string): string =>
  `code-${code.replace(/[^A-Za-z0-9-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)}`;
