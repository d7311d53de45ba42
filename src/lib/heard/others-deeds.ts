import type * as Y from 'yjs';
import { REACTIONS, type Reaction } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { itemRecord, boardShape } from '#protocol/board/shape.ts';
import { isId, valueIn } from '#protocol/shared-value.ts';

/** What somebody else did to a board, as far as it is told. `by`: null when nobody knows. */
export type OthersDeed =
  | { readonly kind: 'added' | 'removed' | 'split' | 'edited'; readonly item: ItemId; readonly by: SeatId | null }
  | { readonly kind: 'merged'; readonly item: ItemId; readonly into: ItemId; readonly by: SeatId | null }
  | {
      readonly kind: 'moved';
      readonly item: ItemId;
      readonly theme: ThemeId | null;
      /** It was there before, above or below. */
      readonly isWithin: boolean;
      readonly by: SeatId | null;
    }
  | { readonly kind: 'reacted'; readonly item: ItemId; readonly reaction: Reaction; readonly by: SeatId }
  | { readonly kind: 'commented'; readonly item: ItemId; readonly by: SeatId | null; readonly words: string }
  | { readonly kind: 'themeAdded'; readonly by: SeatId | null };

type Event = Y.YEvent<Y.AbstractType<unknown>>;
type SeatOf = (client: number) => SeatId | null;

/**
 * Tells of each change that comes from elsewhere, before the board is read anew; `own` is the origin of what this person does, also with
 * words that were kept. Returns how to stop.
 */
export function watchOthers(
  doc: Y.Doc,
  seatOf: SeatOf,
  heard: (deeds: readonly OthersDeed[]) => void,
  own: unknown,
): () => void {
  const { themes, items } = boardShape(doc);
  const tell =
    (deedsOf: (event: Event) => OthersDeed[]) =>
    (events: readonly Event[], { local, origin }: Y.Transaction) => {
      if (local || origin === own) return;
      const deeds = new Map(events.flatMap(deedsOf).map((deed) => [keyOf(deed), deed]));
      if (deeds.size > 0) heard([...deeds.values()]);
    };
  const ofItems = tell((event) => deedsOnItems(event, items, seatOf));
  const ofThemes = tell((event) => (event.target === themes ? themesAdded(event) : []));
  items.observeDeep(ofItems);
  themes.observeDeep(ofThemes);
  return () => {
    items.unobserveDeep(ofItems);
    themes.unobserveDeep(ofThemes);
  };
}

const keyOf = (deed: OthersDeed): string =>
  [
    deed.kind,
    'item' in deed ? deed.item : '',
    deed.kind === 'commented' ? deed.words : deed.kind === 'reacted' ? `${deed.reaction} ${deed.by}` : '',
  ].join(' ');

function themesAdded(event: Event): OthersDeed[] {
  return [...event.changes.keys].flatMap(([id, { action }]) =>
    action === 'add' && isId(id) ? [{ kind: 'themeAdded' as const, by: null }] : [],
  );
}

function deedsOnItems(event: Event, items: Y.Map<Y.Map<unknown>>, seatOf: SeatOf): OthersDeed[] {
  if (event.target === (items as Y.AbstractType<unknown>)) return itemsCameOrWent(event, items);
  const [item, part] = event.path as [ItemId, string | undefined];
  if (!isId(item)) return [];
  if (part === undefined) return recordChanged(item, event, seatOf);
  if (part === 'comments' && event.path.length === 2) return commentsAdded(item, event);
  if (part === 'reactions' && event.path.length === 2) return reactionsGiven(item, event);
  return part === 'body' ? [{ kind: 'edited', item, by: writerOf(event.transaction, seatOf) }] : [];
}

function itemsCameOrWent(event: Event, items: Y.Map<Y.Map<unknown>>): OthersDeed[] {
  const deeds: OthersDeed[] = [];
  for (const [id, { action }] of event.changes.keys) {
    if (!isId(id)) continue;
    const item = id as ItemId;
    if (action === 'delete') deeds.push({ kind: 'removed', item, by: null });
    const record = action === 'add' ? itemRecord(items, item) : null;
    if (record) deeds.push({ kind: 'added', item, by: seatIn(valueIn(record, 'by')) });
  }
  return deeds;
}

function recordChanged(item: ItemId, event: Event, seatOf: SeatOf): OthersDeed[] {
  const record = event.target as Y.Map<unknown>;
  const isSet = (key: string) => event.changes.keys.has(key);
  const by = (key: string) => {
    const struct = record._map.get(key);
    return struct ? seatOf(struct.id.client) : null;
  };
  if (isSet('merged')) {
    const into = valueIn(record, 'merged');
    return isId(into)
      ? [{ kind: 'merged', item, into: into as ItemId, by: by('merged') }]
      : [{ kind: 'split', item, by: by('merged') }];
  }
  if (!isSet('order') && !isSet('theme')) return [];
  const theme = valueIn(record, 'theme');
  const isWithin = !isSet('theme') || event.changes.keys.get('theme')?.oldValue === theme;
  return [
    { kind: 'moved', item, theme: isId(theme) ? (theme as ThemeId) : null, isWithin, by: by('order') ?? by('theme') },
  ];
}

function commentsAdded(item: ItemId, event: Event): OthersDeed[] {
  const comments = event.target as Y.Map<unknown>;
  return [...event.changes.keys].flatMap(([id, { action }]): OthersDeed[] => {
    const comment = action === 'add' ? valueIn(comments, id) : null;
    if (typeof comment !== 'object' || comment === null) return [];
    const { by, text } = comment as Record<string, unknown>;
    return typeof text === 'string' ? [{ kind: 'commented', item, by: seatIn(by), words: text }] : [];
  });
}

function reactionsGiven(item: ItemId, event: Event): OthersDeed[] {
  return [...event.changes.keys].flatMap(([key, { action }]): OthersDeed[] => {
    const [kind, seat] = key.split(':');
    const reaction = REACTIONS.find((known) => known === kind);
    const by = seatIn(seat);
    return action !== 'delete' && reaction && by ? [{ kind: 'reacted', item, reaction, by }] : [];
  });
}

const seatIn = (value: unknown): SeatId | null => (isId(value) ? (value as SeatId) : null);

/** Who wrote what a transaction brought; null when it brought words of several, or only deletions. */
function writerOf({ beforeState, afterState }: Y.Transaction, seatOf: SeatOf): SeatId | null {
  const writers = new Set<SeatId | null>();
  for (const [client, clock] of afterState) if (clock > (beforeState.get(client) ?? 0)) writers.add(seatOf(client));
  const [only = null] = writers;
  return writers.size === 1 ? only : null;
}
