import { isTheme } from '#lib/look/theme.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  const theme = cookies.get('theme');
  return {
    locale: locals.locale,
    theme: isTheme(theme) ? theme : ('auto' as const),
    account: locals.account && { name: locals.account.name },
  };
};
