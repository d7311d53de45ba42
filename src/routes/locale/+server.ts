import { json, redirect } from '@sveltejs/kit';
import { isLocale } from '#lib/i18n/locales.ts';
import { localPath } from '#lib/shell/local-path.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { readForm } from '../read-body.ts';
import type { RequestHandler } from './$types';

const YEAR = 31_536_000; // seconds

export const POST: RequestHandler = async (event) => {
  const { request, cookies, url } = event;
  const form = await readForm(event);
  if (!form.ok) return json({ refusal: form.refusal }, { status: statusOf(form.refusal) });
  const locale = form.value.get('locale');
  if (!isLocale(locale)) return new Response(null, { status: 400 });
  cookies.set('locale', locale, {
    path: '/',
    maxAge: YEAR,
    sameSite: 'lax',
    httpOnly: true,
    secure: url.protocol === 'https:',
  });
  if (request.headers.get('accept')?.includes('text/html')) redirect(303, localPath(form.value.get('back'), '/'));
  return new Response(null, { status: 204 });
};
