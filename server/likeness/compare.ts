import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, RoomId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import { isBlank, textOfBlocks } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Glossary } from '#domain/similarity/glossary.ts';
import { LikenessTable, type SharedConcept } from '#domain/similarity/likeness.ts';
import { pairOf } from '#domain/workshop/apart/apart.ts';

/** `json`: a board as it was read; null when it could not be. */
export interface ComparingJob {
  readonly boards: readonly { readonly room: RoomId; readonly json: Uint8Array | null }[];
  /** Pairs that are not the same (`pairOf`). */
  readonly apart: readonly string[];
}

export interface AlikeIdea {
  readonly id: ItemId;
  readonly room: RoomId;
  readonly lang: Language;
  readonly text: string;
}

export interface AlikePair {
  readonly ideas: readonly [AlikeIdea, AlikeIdea];
  readonly shared: readonly SharedConcept[];
}

export interface AlikeIdeas {
  /** Ideas that were compared. */
  readonly compared: number;
  /** Beyond what is compared. */
  readonly beyond: number;
  /** People wrote in one room only: ideas of that room are compared with each other. */
  readonly isOneRoom: boolean;
  /** Best first, at most one for every three ideas. */
  readonly pairs: readonly AlikePair[];
  /** Pairs of ideas on these boards that were said not to be the same. */
  readonly apart: readonly (readonly [AlikeIdea, AlikeIdea])[];
  readonly unread: readonly RoomId[];
}

const SHOWN = 600; // characters: whoever reads the pair goes to the board for the rest
const MOST_SHARED = 4;
const IDEAS_A_PAIR = 3;

/** Which ideas of different rooms may say the same thing; of one room, when there is no other. */
export function alikeIdeas({ boards, apart }: ComparingJob, glossary: Glossary): AlikeIdeas {
  const read = boards.flatMap(({ room, json }) => (json ? [{ room, board: parsed(json) }] : []));
  const all = read.flatMap(({ room, board }) => ideasOf(board, room)).filter(({ text }) => !isBlank(text));
  const ideas = new Map(all.slice(0, LIMITS.ideasCompared.most).map((idea) => [idea.id, idea]));
  const table = new LikenessTable(glossary);
  for (const { id, text } of ideas.values()) table.put({ id, text });
  const isApart = new Set(apart);
  const isOneRoom = new Set([...ideas.values()].map(({ room }) => room)).size === 1;
  const at = (id: string) => ideas.get(id as ItemId)!;
  const hints = table.hints(
    (one, other) => (isOneRoom || at(one).room !== at(other).room) && !isApart.has(pairOf(one, other)),
  );
  return {
    compared: ideas.size,
    isOneRoom,
    beyond: all.length - Math.min(all.length, LIMITS.ideasCompared.most),
    pairs: hints.slice(0, Math.ceil(ideas.size / IDEAS_A_PAIR)).map(({ one, other, shared }) => ({
      ideas: [shown(at(one)), shown(at(other))],
      shared: shared.slice(0, MOST_SHARED),
    })),
    apart: apart.flatMap((pair) => {
      const [one, other] = pair.split(' ').map((id) => ideas.get(id as ItemId));
      return one && other ? [[shown(one), shown(other)] as const] : [];
    }),
    unread: boards.flatMap(({ room, json }) => (json ? [] : [room])),
  };
}

const parsed = (json: Uint8Array): Board => JSON.parse(new TextDecoder().decode(json)) as Board;

function ideasOf({ themes, loose }: Board, room: RoomId): AlikeIdea[] {
  const idea = ({ id, lang, blocks }: Item) => ({ id, room, lang, text: textOfBlocks(blocks) });
  return [...themes.flatMap(({ items }) => items), ...loose].map(idea);
}

const shown = (idea: AlikeIdea): AlikeIdea =>
  idea.text.length > SHOWN ? { ...idea, text: `${idea.text.slice(0, SHOWN).toWellFormed()} …` } : idea;
