import { calledIn } from '#domain/forum/rehearsal.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** A page's title, which says it first where the page is a rehearsal's. */
export const titleIn = (t: Translate, isRehearsal: boolean, title: string): string =>
  isRehearsal ? t('rehearsal.pageTitle', { title }) : title;

/** The forum or the question of a rehearsal, which is called one in the page's language, whoever began it in another. */
export const nameIn = (t: Translate, isRehearsal: boolean, name: string): string =>
  isRehearsal ? calledIn(name, t.locale) : name;
