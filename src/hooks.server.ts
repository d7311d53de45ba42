import type { Handle } from '@sveltejs/kit';
import { directionOf } from '#domain/languages/language.ts';
import { isLocale, localeFrom } from '#lib/i18n/locales.ts';

export const handle: Handle = async ({ event, resolve }) => {
  const services = event.platform?.req.services;
  if (!services) return new Response('The server is starting. Try again in a moment.', { status: 503 });
  const chosen = event.cookies.get('locale');
  const locale = isLocale(chosen) ? chosen : localeFrom(event.request.headers.get('accept-language'));
  const cookie = event.request.headers.get('cookie') ?? undefined;
  event.locals = {
    services,
    account: await services.seats.accountOfRequest({ cookie }),
    seatIn: (forum) => services.seats.ofRequest({ cookie }, forum),
    locale,
  };
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%dir%', directionOf(locale)),
    preload: ({ type }) => type === 'js' || type === 'css',
  });
};
