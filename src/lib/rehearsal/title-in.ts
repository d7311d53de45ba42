import type { Translate } from '#lib/i18n/text.ts';

/** A page's title, which says it first where the page is a rehearsal's. */
export const titleIn = (t: Translate, isRehearsal: boolean, title: string): string =>
  isRehearsal ? t('rehearsal.pageTitle', { title }) : title;
