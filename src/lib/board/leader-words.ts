import type { Role } from '#domain/forum/seat.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** What is said beside the name of who runs the forum; null for everybody else. */
export function leaderWords(t: Translate, role: Role | undefined): string | null {
  if (role === 'organizer') return t('board.leader_organizer');
  return role === 'facilitator' ? t('board.leader_facilitator') : null;
}
