import type { Role } from '#domain/forum/seat.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** What is said beside the name of who runs the forum or hosts the room; null for everybody else. */
export function leaderWords(t: Translate, role: Role | undefined, isHost: boolean): string | null {
  if (isHost) return t('board.leader_host');
  if (role === 'organizer') return t('board.leader_organizer');
  return role === 'facilitator' ? t('board.leader_facilitator') : null;
}
