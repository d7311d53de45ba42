import type { Translate } from '#lib/i18n/text.ts';
import type { Version } from '#protocol/versions-schema.ts';

/** "2 added, 1 changed · 24 items": what nobody did is left out. */
export function changesText(t: Translate, { added, changed, removed, items, isUncounted }: Version): string {
  if (isUncounted) return t('versions.notCounted');
  const deeds = [
    added > 0 ? t('versions.added', { count: added }) : '',
    changed > 0 ? t('versions.changed', { count: changed }) : '',
    removed > 0 ? t('versions.removed', { count: removed }) : '',
  ].filter((deed) => deed !== '');
  const what = deeds.length > 0 ? deeds.join(', ') : t('versions.noItemChanged');
  return `${what} · ${t('board.items', { count: items })}`;
}
