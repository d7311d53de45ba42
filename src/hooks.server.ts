import type { Handle, HandleServerError } from '@sveltejs/kit';
import { directionOf } from '#domain/languages/language.ts';
import { localeFrom } from '#lib/i18n/accept-language.ts';
import { isLocale, messageSetOf } from '#lib/i18n/locales.ts';
import { comesEarly } from '#lib/look/faces.ts';
import { HOLDER } from '#protocol/mark.ts';
import { compressed } from './routes/compress.ts';
import { discardBody } from './routes/read-body.ts';

export const handle: Handle = async ({ event, resolve }) => {
  const services = event.platform?.req.services;
  if (!services) return new Response('The server is starting. Try again in a moment.', { status: 503 });
  if (asksNoAction(event.url)) return new Response('There is no such action.', { status: 404, headers: TEXT });
  const chosen = event.cookies.get('locale');
  const locale = isLocale(chosen) ? chosen : localeFrom(event.request.headers.get('accept-language'));
  if (services.isClosing)
    return new Response(STOPPING[locale], { status: 503, headers: { ...TEXT, 'retry-after': '5' } });
  const cookie = event.request.headers.get('cookie') ?? undefined;
  const headers = { cookie, 'user-agent': event.request.headers.get('user-agent') ?? undefined };
  event.locals = {
    services,
    account: null,
    seatIn: (forum) => services.seats.ofRequest(headers, forum),
    locale,
    isStorageAway: false,
  };
  try {
    // The page that stays on the device for times without a network is nobody's.
    if (event.url.pathname !== '/offline') event.locals.account = await services.seats.accountOfRequest(headers);
  } catch (error) {
    services.report('nobody could be looked up', error);
    return new Response(AWAY[locale], { status: 503, headers: { ...TEXT, 'retry-after': '5' } });
  }
  const files = event.platform?.req.messageFiles?.get(`${locale}/${messageSetOf(event.route.id)}`) ?? [];
  const savesData = event.request.headers.get('save-data')?.trim().toLowerCase() === 'on';
  const early =
    files
      .map((file) => `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" href="${file}" />`)
      .join('') +
    `<meta name="route" content="${attribute(JSON.stringify({ id: event.route.id, params: event.params }))}" />` +
    (savesData ? '<meta name="saves-data" content="on" />' : '');
  const made = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%lang%', locale)
        .replace('%dir%', directionOf(locale))
        .replace('%early%', () => early),
    preload: ({ type, path }) =>
      type === 'font' ? !savesData && comesEarly(path, event.route.id, locale) : type === 'js' || type === 'css',
  });
  discardBody(event);
  const answer = event.locals.isStorageAway || services.isClosing ? busy(made) : made;
  answer.headers.set(HOLDER, services.cookies.holder(cookie));
  return compressed(event.request, unkept(answer, event.url.pathname));
};

/** Kit takes these for a mistake of ours, or for an action of every page, and it is whoever asks who made them up. */
const asksNoAction = ({ searchParams }: URL): boolean =>
  [...searchParams.keys()].some((key) => key === '/default' || (key.startsWith('/') && key.slice(1) in {}));

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const AWAY: Record<'en' | 'ru', string> = {
  en: 'The server cannot reach its storage at the moment. Nothing is lost; try again in a moment.',
  ru: 'Сервер сейчас не может обратиться к хранилищу. Ничего не потеряно; попробуйте через минуту.',
};

const STOPPING: Record<'en' | 'ru', string> = {
  en: 'The server is restarting. Nothing is lost; try again in a moment.',
  ru: 'Сервер перезапускается. Ничего не потеряно; попробуйте через минуту.',
};

/** Kit answers whatever fails with 500; a full disk, a database that is away or a server that is stopping is no mistake, and passes. */
function busy(made: Response): Response {
  if (made.status !== 500) return made;
  const headers = new Headers(made.headers);
  headers.set('retry-after', '5');
  return new Response(made.body, { status: 503, headers });
}

/** What one person was shown is kept nowhere on the way, nor by a browser that somebody else sits down at. */
function unkept(answer: Response, pathname: string): Response {
  const { headers } = answer;
  headers.set('cache-control', 'no-store');
  headers.delete('etag');
  if (pathname.startsWith('/api/')) headers.set('content-security-policy', FILE_POLICY);
  return answer;
}

/** A file that somebody opens in a tab after all runs nothing and reaches nothing. */
const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox";

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (status >= 500) {
    const what = `the page ${event.request.method} ${event.route.id ?? 'without a route'} was not made`;
    event.platform?.req.services.report(what, error);
  }
  // by its name: its class is another one in the bundle
  if (!(error instanceof Error && error.name === 'StorageError')) return { message };
  event.locals.isStorageAway = true;
  return { message, refusal: { kind: 'notStored' } };
};
