import type { Language } from '../languages/language.ts';

/** The words that the document itself says, around what people wrote. */
export interface OutcomeLabels {
  readonly agenda: string;
  readonly recommendations: string;
  readonly closing: string;
  readonly participants: string;
  readonly participantsByCountry: string;
  readonly moderator: string;
  readonly facilitator: string;
  readonly speakers: string;
  readonly question: string;
  readonly rooms: string;
  readonly video: string;
  readonly slides: string;
  readonly page: string;
  readonly country: string;
  readonly people: string;
  readonly names: string;
  readonly noCountry: string;
  readonly total: string;
  readonly annex: string;
  readonly notes: string;
  readonly parkingLot: string;
  /** Above items that were merged into a recommendation. */
  readonly merged: string;
  /** In the place of a text that could not be put into this file. */
  readonly unprintable: string;
  readonly dates: string;
  readonly place: string;
  readonly organisedBy: string;
  readonly heldWith: string;
  readonly countries: string;
  readonly languages: string;
  readonly source: string;
  readonly outcomeDocument: string;
  /** Between the page's number and the number of pages, as in "3 of 12". */
  readonly pageOf: string;
  /** Before the counts of what a board holds beyond what it can show. */
  readonly notShown: string;
  readonly notShownItems: string;
  readonly notShownThemes: string;
  readonly notRead: string;
}

const EN: OutcomeLabels = {
  agenda: 'Agenda',
  recommendations: 'Recommendations',
  closing: 'Closing',
  participants: 'Participants',
  participantsByCountry: 'Participants by country',
  moderator: 'Moderator',
  facilitator: 'Facilitator',
  speakers: 'Speakers',
  question: 'Question',
  rooms: 'Rooms',
  video: 'Video',
  slides: 'Slides',
  page: 'Page',
  country: 'Country',
  people: 'People',
  names: 'Names',
  noCountry: 'No country named',
  total: 'Total',
  annex: 'Annex',
  notes: 'Notes',
  parkingLot: 'Ideas without a theme',
  merged: 'Merged into this',
  unprintable: 'This text could not be printed; the web page has it',
  dates: 'Date',
  place: 'Place',
  organisedBy: 'Organised by',
  heldWith: 'Held with',
  countries: 'Countries',
  languages: 'Languages',
  source: 'First published',
  outcomeDocument: 'Outcome document',
  pageOf: 'of',
  notShown: 'this board holds more than it can show, and this is not in the document:',
  notShownItems: 'items',
  notShownThemes: 'themes',
  notRead: 'this board is too large or too tangled to be read, and nothing of it is in the document.',
};

const RU: OutcomeLabels = {
  agenda: 'Программа',
  recommendations: 'Рекомендации',
  closing: 'Заключение',
  participants: 'Участники',
  participantsByCountry: 'Участники по странам',
  moderator: 'Модератор',
  facilitator: 'Фасилитатор',
  speakers: 'Выступили',
  question: 'Вопрос',
  rooms: 'Комнаты',
  video: 'Видео',
  slides: 'Слайды',
  page: 'Страница',
  country: 'Страна',
  people: 'Человек',
  names: 'Имена',
  noCountry: 'Страна не указана',
  total: 'Всего',
  annex: 'Приложение',
  notes: 'Примечания',
  parkingLot: 'Идеи вне тем',
  merged: 'Сюда же вошло',
  unprintable: 'Этот текст не удалось напечатать; он есть на веб-странице',
  dates: 'Дата',
  place: 'Место',
  organisedBy: 'Организаторы',
  heldWith: 'В рамках',
  countries: 'Страны',
  languages: 'Языки',
  source: 'Впервые опубликовано',
  outcomeDocument: 'Итоговый документ',
  pageOf: 'из',
  notShown: 'на этой доске больше, чем она может показать, и в документ не вошло:',
  notShownItems: 'пунктов',
  notShownThemes: 'тем',
  notRead: 'эта доска слишком велика или запутана, прочитать её не удалось, и в документ из неё ничего не вошло.',
};

const LABELS: Readonly<Record<string, OutcomeLabels>> = { en: EN, ru: RU };

/** The labels of a language, and in which language they are: English where there are none of its own yet. */
export function outcomeLabels(language: Language): { readonly labels: OutcomeLabels; readonly lang: Language } {
  const base = language.split('-')[0] ?? '';
  const labels = LABELS[base];
  return labels ? { labels, lang: base } : { labels: EN, lang: 'en' };
}
