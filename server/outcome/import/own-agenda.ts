import type { Element } from 'domhandler';
import type { AgendaItem, AgendaKind, AgendaLink, NamedPerson } from '#domain/forum/agenda.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { codeOf, entriesOf, first, has, hrefIn, roles, verbatim, within, words } from './own-markup.ts';

const KINDS: readonly AgendaKind[] = ['opening', 'panel', 'workshop', 'closing'];
const LINK_KINDS = ['video', 'slides', 'page'] as const;

type Growing = { -readonly [K in keyof AgendaItem]: AgendaItem[K] } & {
  question?: string;
  rooms?: { id: RoomId; name: string }[];
};

/** Gathers the agenda from its pieces in reading order: each heading begins an item, what follows belongs to it. */
export class OwnAgenda {
  readonly #items: Growing[] = [];

  get items(): readonly AgendaItem[] {
    return this.#items as AgendaItem[];
  }

  read(piece: Element): void {
    if (has(piece, 'agenda-item')) {
      this.#items.push(this.#begun(piece));
      return;
    }
    const item = this.#items.at(-1);
    if (!item) return;
    if (has(piece, 'moderator')) item.moderator = personIn(piece);
    else if (has(piece, 'speakers')) item.speakers = entriesOf(piece).map(personIn);
    else if (has(piece, 'summary'))
      item.summary = item.summary === undefined ? words(piece) : `${item.summary}\n${words(piece)}`;
    else if (has(piece, 'key-points')) item.keyPoints = entriesOf(piece).map(words);
    else if (has(piece, 'links')) item.links = linksIn(piece);
    else if (has(piece, 'question')) item.question = textOf(piece, 'value');
    else if (has(piece, 'rooms')) {
      item.rooms = within(piece, 'room').map((room, index) => ({
        id: `${item.id}-room-${index + 1}` as RoomId,
        name: verbatim(room),
      }));
    }
  }

  #begun(heading: Element): Growing {
    const time = first(heading, 'time');
    const [startsAt, endsAt] = (time && codeOf(time))?.split('/') ?? [];
    const kind = KINDS.find((candidate) => roles(heading).includes(`is-${candidate}`)) ?? 'panel';
    const entry = {
      id: `item-${this.#items.length + 1}`,
      title: words(heading),
      ...(startsAt && { startsAt }),
      ...(endsAt && { endsAt }),
      speakers: [],
      links: [],
      keyPoints: [],
    };
    return (
      kind === 'workshop' ? { ...entry, kind, id: entry.id as WorkshopId, rooms: [] } : { ...entry, kind }
    ) as Growing;
  }
}

function personIn(element: Element): NamedPerson {
  const country = first(element, 'country');
  const code = country && codeOf(country);
  const role = textOf(element, 'person-role');
  return { name: textOf(element, 'person') ?? '', ...(code && { country: code }), ...(role !== undefined && { role }) };
}

function textOf(element: Element, role: string): string | undefined {
  const found = first(element, role);
  return found && verbatim(found);
}

const linksIn = (element: Element): AgendaLink[] =>
  LINK_KINDS.flatMap((kind) => within(element, kind).map((found) => ({ kind, found })))
    .sort((a, b) => (a.found.startIndex ?? 0) - (b.found.startIndex ?? 0))
    .flatMap(({ kind, found }) => {
      const url = hrefIn(found);
      return url === undefined ? [] : [{ kind, url }];
    });
