import type { QuestionId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { OwnQuestions } from '#domain/workshop/questions/view.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { Random } from './random.ts';

/** What people ask about each other's ideas, in their own languages. */
const QUESTIONS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Who pays for the books?', 'How do the smallest villages take part?', 'Who decides what is ordered?'],
  ru: ['Кто оплатит книги?', 'Как смогут участвовать самые малые сёла?', 'Кто решает, что заказывать?'],
  kk: ['Кітаптардың ақысын кім төлейді?', 'Шағын ауылдар қалай қатысады?', 'Кітапты кім таңдайды?'],
  ky: ['Китептердин акысын ким төлөйт?', 'Кичинекей айылдар кантип катышат?', 'Китепти ким тандайт?'],
  uz: ['Kitoblar uchun kim to‘laydi?', 'Kichik qishloqlar qanday qatnashadi?', 'Kitoblarni kim tanlaydi?'],
  tg: ['Пули китобҳоро кӣ медиҳад?', 'Деҳаҳои хурд чӣ тавр иштирок мекунанд?', 'Китобҳоро кӣ интихоб мекунад?'],
  tk: ['Kitaplaryň puluny kim töleýär?', 'Kiçi obalar nähili gatnaşýar?', 'Kitaplary kim saýlaýar?'],
  ur: ['کتابوں کا خرچ کون دے گا؟', 'چھوٹے گاؤں کیسے شریک ہوں گے؟', 'کتابیں کون چنے گا؟'],
};
const ASKS = 0.4; // of what one does in a step for questions; the rest is to support
const ASKED_MOST = 2; // by one person in one step

interface Asking {
  readonly own: OwnQuestions;
  /** All that this person hears. */
  readonly heard: readonly QuestionId[];
  readonly language: Language;
  readonly random: Random;
}

/** What somebody does next in a step for questions; null: they listen. */
export function nextQuestion({ own, heard, language, random }: Asking): WorkshopCommand | null {
  const { began, asked, supported, isSupported } = own;
  const others = heard.filter((id) => !asked.includes(id) && !supported.includes(id));
  const question = isSupported ? random.pick(others) : undefined;
  const mayAsk = asked.length < ASKED_MOST;
  if (question && !(mayAsk && random.next() < ASKS)) return { kind: 'supportQuestion', question };
  const text = mayAsk ? random.pick(QUESTIONS[language] ?? []) : undefined;
  return text ? { kind: 'askQuestion', id: randomId() as QuestionId, text, lang: language, began } : null;
}
