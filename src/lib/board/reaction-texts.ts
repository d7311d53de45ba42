import type { Reaction } from '#domain/board/board.ts';
import type { MessageKey } from '#lib/i18n/text.ts';

export const REACTION_TEXTS = {
  agree: 'board.agree',
  question: 'board.question',
  heart: 'board.heart',
} as const satisfies Record<Reaction, MessageKey>;
