import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/shell/local-path.ts';
import type { RequestHandler } from './$types';

/**
 * The way past the service worker to whatever stands between: a hall's sign-in page answers here in our place. Once it lets people through
 * we answer, and lead back.
 */
export const GET: RequestHandler = ({ url }) => redirect(303, localPath(url.searchParams.get('to'), '/'));
