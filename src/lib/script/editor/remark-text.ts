import type { Remark } from '#domain/script/check-plan.ts';
import { languageName } from '#lib/forum/language-names.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** What will not go, in the page's language. A kind without a message is a type error here. */
export function remarkText(t: Translate, remark: Remark): string {
  if (remark.kind === 'wordsMissing') {
    const names = remark.languages.map((tag) => languageName(tag, t.locale));
    return t('scripts.remark_wordsMissing', { languages: new Intl.ListFormat(t.locale).format(names) });
  }
  const { kind, ...values } = remark;
  return t(`scripts.remark_${kind}`, values);
}
