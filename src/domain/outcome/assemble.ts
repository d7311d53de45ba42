import type { Board, Item, Theme } from '../board/board.ts';
import type { Forum } from '../forum/forum.ts';
import type { Person, Seat } from '../forum/seat.ts';
import type { ThemeId } from '../ids.ts';
import { isBlank, textOfBlocks, type Block, type Text } from '../languages/text.ts';
import { fittingBlock, fittingLanguage } from '../languages/fitting.ts';
import { guessLanguage } from '../languages/guess-language.ts';
import { languageOfText } from '../languages/language-of-text.ts';
import type { Language } from '../languages/language.ts';
import { countDelegations } from './delegations.ts';
import type { MergedItem, OutcomeDocument, OutcomeDraft, OutcomeRecommendation, OutcomeTheme } from './document.ts';
import { outcomeLabels } from './labels.ts';
import { bareTitle, titleKey } from './theme-title.ts';

export interface RoomBoard {
  readonly room: { readonly id: string; readonly name: string };
  readonly board: Board;
}

export interface OutcomeSources {
  readonly forum: Forum;
  /** In the order of the agenda's workshops and their rooms. */
  readonly boards: readonly RoomBoard[];
  readonly draft: OutcomeDraft;
  readonly people: readonly { readonly seat: Seat; readonly person: Person }[];
}

/** The forum's document from what was written so far (SPEC O). The same in the browser and on the server. */
export function assembleOutcome({ forum, boards, draft, people }: OutcomeSources): OutcomeDocument {
  const written = boards.map(writtenOnly);
  const roomOf = written.filter(hasContent).length > 1 ? (name: string) => name : () => null;
  return {
    model: 1,
    language: forum.language,
    title: forum.title,
    headline: forum.outcome.headline ?? null,
    from: forum.from,
    to: forum.to,
    place: forum.place,
    organisers: forum.organisers,
    hostEvent: forum.hostEvent ?? null,
    countries: forum.countries,
    languages: forum.languages,
    preamble: draft.preamble.filter(hasText).map(told(forum)),
    agendaHeading: forum.outcome.agendaHeading ?? null,
    agenda: forum.agenda,
    recommendationsHeading: forum.outcome.recommendationsHeading ?? null,
    themes: numbered(mergedThemes(written, roomOf)).map((theme) => toldTheme(theme, forum)),
    closing: draft.closing.filter(hasText).map(told(forum)),
    participants: countDelegations(forum, people),
    parkingLot: written.flatMap(({ room, board }) =>
      board.loose.map((item) => toldEntry(recommendation(item, roomOf(room.name)), forum)),
    ),
    notes: [
      ...draft.notes.filter(hasText).map(told(forum)),
      ...boards.flatMap((board) => beyondNote(board, forum.language)),
    ],
    source: forum.outcome.source ?? null,
  };
}

/** What is stated to be in a language that its alphabet forbids is told by its text, so that every format has its direction. */
const languageIn = (stated: Language, text: string, { language, languages }: Forum): Language => {
  const fitting = fittingLanguage(stated, text);
  return fitting.startsWith('und-')
    ? languageOfText(text, { own: language, forum: languages }, guessLanguage)
    : fitting;
};

const told =
  (forum: Forum) =>
  (block: Block): Block => {
    const { lang } = fittingBlock(block);
    return lang.startsWith('und-') ? { ...block, lang: languageIn(lang, textOfBlocks([block]), forum) } : block;
  };

const toldItem = <T extends MergedItem>(item: T, forum: Forum): T => ({
  ...item,
  lang: item.lang.startsWith('und-') ? languageIn(item.lang, textOfBlocks(item.blocks), forum) : item.lang,
  blocks: item.blocks.map(told(forum)),
});

const toldEntry = (entry: OutcomeRecommendation, forum: Forum): OutcomeRecommendation => ({
  ...toldItem(entry, forum),
  merged: entry.merged.map((item) => toldItem(item, forum)),
});

const toldTheme = (theme: OutcomeTheme, forum: Forum): OutcomeTheme => ({
  ...theme,
  title: { ...theme.title, lang: languageIn(theme.title.lang, theme.title.text, forum) },
  recommendations: theme.recommendations.map((entry) => toldEntry(entry, forum)),
});

interface GatheredTheme {
  readonly id: ThemeId;
  readonly title: Text;
  readonly recommendations: OutcomeRecommendation[];
}

function mergedThemes(boards: readonly RoomBoard[], roomOf: (name: string) => string | null): GatheredTheme[] {
  const gathered: GatheredTheme[] = [];
  const byKey = new Map<string, GatheredTheme>();
  for (const { room, board } of boards) {
    for (const { id, title, items } of board.themes) {
      const key = titleKey(title.text);
      let theme = key ? byKey.get(key) : undefined;
      if (!theme) {
        theme = { id, title: { text: bareTitle(title.text), lang: title.lang }, recommendations: [] };
        gathered.push(theme);
        byKey.set(key, theme);
      }
      theme.recommendations.push(...items.map((item) => recommendation(item, roomOf(room.name))));
    }
  }
  return gathered;
}

const numbered = (themes: readonly GatheredTheme[]): OutcomeTheme[] =>
  themes.map(({ id, title, recommendations }, theme) => ({
    id,
    number: theme + 1,
    title,
    recommendations: recommendations.map((entry, index) => ({ ...entry, number: `${theme + 1}.${index + 1}` })),
  }));

/** Ideas without a theme have no number. Where nothing is written in the shown item, the first merged one speaks for it. */
function recommendation(item: Item, room: string | null): OutcomeRecommendation {
  const [first, ...merged] = wordsOf(item);
  const { id, lang, blocks } = first ?? { ...item, blocks: [] };
  return { id, number: '', lang, blocks, room, merged };
}

/** The item and everything that was merged into it, as far as something is written there. */
function wordsOf(item: Item): MergedItem[] {
  const blocks = item.blocks.filter(hasText);
  const own = blocks.length > 0 ? [{ id: item.id, lang: item.lang, blocks }] : [];
  return [...own, ...item.merged.flatMap(wordsOf)];
}

function writtenOnly({ room, board }: RoomBoard): RoomBoard {
  const themes = board.themes.map((theme) => ({ ...theme, items: theme.items.filter(isWritten) }));
  return { room, board: { themes: themes.filter(isNamedOrUsed), loose: board.loose.filter(isWritten) } };
}

/** A board that could not show everything says so in the document. */
function beyondNote({ room, board }: RoomBoard, language: Language): Block[] {
  const { items = 0, themes = 0 } = board.beyond ?? {};
  if (items + themes === 0 && !board.isUnread) return [];
  const { labels, lang } = outcomeLabels(language);
  const notShown = `${labels.notShown} ${labels.notShownItems} ${items}, ${labels.notShownThemes} ${themes}.`;
  const text = `${room.name}: ${board.isUnread ? labels.notRead : notShown}`;
  return [{ kind: 'paragraph', lang, runs: [{ text }] }];
}

const hasText = (block: Block): boolean => !isBlank(textOfBlocks([block]));
const isWritten = (item: Item): boolean => item.blocks.some(hasText) || item.merged.some(isWritten);
const isNamedOrUsed = ({ title, items }: Theme): boolean => !isBlank(bareTitle(title.text)) || items.length > 0;
const hasContent = ({ board }: RoomBoard): boolean =>
  board.loose.length > 0 || board.themes.some(({ items }) => items.length > 0);
