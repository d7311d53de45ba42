import { isLanguage, type Language } from '#domain/languages/language.ts';
import { slugOf } from '#domain/forum/slug.ts';
import { textOfRuns } from '#domain/languages/text.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { hasChildren } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { findOne, getElementsByTagName } from 'domutils';
import { languageOfText } from './language-of-text.ts';
import { runsOf } from './runs.ts';

/** A post as WordPress gives it, or an HTML page read as one. */
export interface Post {
  readonly title: string;
  readonly slug: string;
  readonly language: Language;
  readonly html: string;
  /** ISO day of publication, or empty. */
  readonly day: string;
  readonly source: { readonly url: string; readonly publishedAt: string } | null;
}

const DEEPEST = 500; // elements in one another; page builders put some thirty around a text

const invalid = (field: string, reason: string): { ok: false; refusal: Refusal } =>
  refused({ kind: 'fieldInvalid', field, reason });

export function readPost(text: string): Result<Post> {
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  if (trimmed.startsWith('<')) return isTooDeep(trimmed) ? tooDeep('(file)') : accepted(pageAsPost(trimmed));
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch {
    return invalid('(file)', 'must be the JSON of a WordPress post, or an HTML page');
  }
  // The list that `/wp/v2/posts?slug=…` answers has the post as its only entry.
  return jsonAsPost(Array.isArray(json) && json.length === 1 ? json[0] : json);
}

function jsonAsPost(json: unknown): Result<Post> {
  if (!isRecord(json)) return invalid('(file)', 'must be one WordPress post');
  const html = fieldText(json.content);
  if (html === null) return invalid('content.rendered', 'must be the text of the post');
  if (isTooDeep(html)) return tooDeep('content.rendered');
  const titleHtml = fieldText(json.title);
  if (titleHtml === null) return invalid('title.rendered', 'must be the title of the post');
  if (isTooDeep(titleHtml)) return tooDeep('title.rendered');
  const title = plain(titleHtml);
  if (title.trim() === '') return invalid('title.rendered', 'must not be empty');
  if (json.lang !== undefined && !isLanguage(json.lang)) return invalid('lang', 'must be a language such as en');
  const link = webAddress(json.link);
  const published = typeof json.date === 'string' && /^\d{4}-\d{2}-\d{2}/.test(json.date) ? json.date : null;
  return accepted({
    title,
    html,
    slug: typeof json.slug === 'string' && json.slug !== '' ? slugOf(json.slug) : slugOf(title),
    language: isLanguage(json.lang) ? json.lang : (languageInPath(link) ?? languageOfText(plain(html))),
    day: published?.slice(0, 10) ?? '',
    source: link && published ? { url: link, publishedAt: published } : null,
  });
}

function pageAsPost(html: string): Post {
  const document = parseDocument(html);
  const [heading] = [
    ...getElementsByTagName('h1', document.children),
    ...getElementsByTagName('title', document.children),
  ];
  const title = heading ? plainOf(heading.children) : '';
  const lang = findOne((element) => element.name === 'html', document.children)?.attribs.lang;
  return {
    title,
    html,
    slug: slugOf(title),
    language: isLanguage(lang) ? lang : languageOfText(plain(html)),
    day: '',
    source: null,
  };
}

/** `raw` is what an editor wrote, `rendered` what a theme made of it; only editors are given the first. */
function fieldText(field: unknown): string | null {
  if (typeof field === 'string') return field;
  if (!isRecord(field)) return null;
  if (typeof field.raw === 'string' && field.raw !== '') return field.raw;
  return typeof field.rendered === 'string' ? field.rendered : null;
}

const tooDeep = (field: string) => invalid(field, `must not have more than ${DEEPEST} elements in one another`);

/** What is read by going down into it would end the program. */
function isTooDeep(html: string): boolean {
  let level = parseDocument(html).children;
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    if (level.length === 0) return false;
    level = level.flatMap((node) => (hasChildren(node) ? node.children : []));
  }
  return true;
}

const plain = (html: string): string => plainOf(parseDocument(html).children);
const plainOf = (nodes: Parameters<typeof runsOf>[0]): string => textOfRuns(runsOf(nodes)).replace(/\s+/g, ' ').trim();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function webAddress(value: unknown): string | null {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url && ['http:', 'https:'].includes(url.protocol) ? (value as string) : null;
}

/** Sites in several languages have the language as the first part of the path. */
function languageInPath(link: string | null): Language | null {
  const part = link ? URL.parse(link)?.pathname.split('/')[1] : undefined;
  return part && /^[a-z]{2}$/.test(part) && isLanguage(part) ? part : null;
}
