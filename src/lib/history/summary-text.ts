import type { Translate } from '#lib/i18n/text.ts';
import { DEEDS, type Comparison } from '#protocol/versions-schema.ts';

/** "Ideas: 2 new, 1 reworded. Themes: 1 deleted.": what nobody did is left out. */
export function summaryText(t: Translate, { items, themes }: Pick<Comparison, 'items' | 'themes'>): string {
  const listOf = (counts: Comparison['items'], reworded: string) =>
    DEEDS.flatMap((deed) => {
      const count = counts[deed];
      return count ? [t('versions.deeds', { deed: deed === 'reworded' ? reworded : deed, count })] : [];
    }).join(', ');
  const [ideas, ofThemes] = [listOf(items, 'reworded'), listOf(themes, 'renamed')];
  const sentences = [
    ...(ideas === '' ? [] : [t('versions.ideas', { list: ideas })]),
    ...(ofThemes === '' ? [] : [t('versions.themes', { list: ofThemes })]),
  ];
  return sentences.length > 0 ? `${sentences.join('. ')}.` : t('versions.nothingChanged');
}
