import { unreachable } from '#domain/unreachable.ts';
import { apart } from '#lib/i18n/keep-apart.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '#lib/live/step-name.ts';
import type { Cut, Version } from '#protocol/versions-schema.ts';

/** Why a version ends where it does, the most telling reason first. The board as it is now ends nowhere, unless somebody kept it. */
export function reasonsText(
  t: Translate,
  { cuts, isBeforeRestore }: Pick<Version, 'cuts' | 'isBeforeRestore'>,
  isNow: boolean,
): string[] {
  if (isNow && cuts.length === 0) return [];
  const kept = cuts.filter(({ kind }) => kind === 'kept');
  const others = cuts.filter(({ kind }) => kind !== 'kept');
  const reasons = [...kept, ...others].flatMap((cut) => reasonText(t, cut));
  if (isBeforeRestore) reasons.push(t('versions.beforeRestore'));
  return reasons.length > 0 ? [...new Set(reasons)] : [t('versions.pause')];
}

function reasonText(t: Translate, cut: Cut): string[] {
  switch (cut.kind) {
    case 'stepBegan':
      return [t('versions.stepBegan', { step: stepName(t, { kind: cut.step }) })];
    case 'timeUp':
      return [t('versions.timeUp', { step: stepName(t, { kind: cut.step }) })];
    case 'letGo':
      return [t('versions.wasKept')];
    case 'closed':
      return [t('versions.closed')];
    case 'deletion':
      return deletionText(t, cut);
    case 'kept': {
      const by = t('versions.keptBy', { person: apart(cut.by.name ?? t('versions.somebody')) });
      return [cut.name === '' ? by : `${by}: ${apart(cut.name)}`];
    }
    default:
      return unreachable(cut);
  }
}

function deletionText(t: Translate, { deleted, merged }: Extract<Cut, { kind: 'deletion' }>): string[] {
  if (deleted === 0 && merged === 0) return [t('versions.beforeWords')];
  return [
    ...(deleted > 0 ? [t('versions.beforeDeleted', { count: deleted })] : []),
    ...(merged > 0 ? [t('versions.beforeMerged', { count: merged })] : []),
  ];
}
