import { describe, expect, test } from 'vitest';
import { guessLanguage } from './guess-language.ts';
import { directionOf, isLanguage, type Language } from './language.ts';
import { languageOfText } from './language-of-text.ts';
import { fittingLanguage } from './fitting.ts';
import { scriptIn, scriptOf } from './script.ts';

const FORUM = ['en', 'ru', 'kk', 'ky', 'tg', 'tk', 'uz', 'ur'];

/** Ideas as they come at a table: short, without care. */
const TEXTS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Train two teachers in each school',
    'Free data for pupils',
    'Clean water',
    'Who will pay for this?',
    'Publish the plan on https://пример.рф/план every year',
    'An agreement with the ministries of Kyrgyzstan',
  ],
  ru: ['Обучать учителей в каждой школе', 'Чистая вода', 'Кто за это платит?', 'Общий план для всех библиотек'],
  kk: ['Ауыл мектептеріне кітап жеткізу', 'Таза су барлық ауылға керек', 'Әр мектепте екі мұғалім'],
  ky: [
    'Ар бир мектепте эки мугалим үчүн окутуу',
    'Айыл китепканаларын колдоо керек',
    'Окуучуларга бекер интернет болот',
  ],
  tg: ['Барои ҳар як мактаб ду омӯзгор', 'Оби тоза барои деҳаҳо', 'Китобхонаҳои деҳот бояд кушода бошанд'],
  tk: ['Her mekdepde iki mugallym taýýarlamak gerek', 'Arassa suw üçin şertnama', 'Okuwçylara mugt internet bermek'],
  uz: [
    'Har bir maktabda ikki oʻqituvchi kerak',
    "Qishloq kutubxonalari uchun ko'proq kitob",
    'Toza suv va bepul internet',
  ],
  'uz-Cyrl': ['Ҳар бир мактабда икки ўқитувчи керак', 'Қишлоқ кутубхоналари учун китоб'],
  ur: ['ہر سکول میں دو اساتذہ کی تربیت', 'صاف پانی سب کے لیے', 'طلبہ کو مفت انٹرنیٹ'],
};

describe('the language of a text', () => {
  test.each(Object.keys(TEXTS))('[L8] %s is told from its text, whoever writes it', (language) => {
    for (const text of TEXTS[language] ?? []) {
      for (const own of ['en', 'ur', 'ru', language]) {
        expect([text, own, languageOfText(text, { own, forum: FORUM }, guessLanguage)]).toEqual([text, own, language]);
      }
    }
  });

  test('[L8] who writes breaks ties, as far as the alphabet goes', () => {
    const of = (text: string, own: Language, forum = FORUM) => languageOfText(text, { own, forum }, guessLanguage);
    expect(of('Банк', 'ky')).toBe('ky');
    expect(of('Банк', 'kk')).toBe('kk');
    expect(of('Банк', 'ur', ['en', 'tg', 'ur'])).toBe('tg');
    expect(of('Bank', 'uz')).toBe('uz');
    expect(of('Bank', 'ur')).toBe('en');
    expect(of('OK', 'ur', ['ur', 'tk'])).toBe('tk');
    expect(of('2027', 'ur')).toBe('ur');
    expect(of('', 'kk')).toBe('kk');
    expect(of('😀 !', 'ky')).toBe('ky');
  });

  test('[L8] without the tables the alphabet and the forum decide', () => {
    const of = (text: string, own: Language) => languageOfText(text, { own, forum: ['ur', 'en', 'ru'] });
    expect(of('Clean water', 'ur')).toBe('en');
    expect(of('Чистая вода', 'ur')).toBe('ru');
    expect(of('Таза суу', 'ky')).toBe('ky');
    expect(of('صاف پانی', 'en')).toBe('ur');
  });

  test('[L8] languages of the forum beside the eight are told too', () => {
    const forum = ['fa', 'ps', 'en-GB'];
    const of = (text: string) => languageOfText(text, { own: 'ru', forum }, guessLanguage);
    expect(of('آب پاک برای همه است')).toBe('fa');
    expect(of('د هر ښوونځي لپاره دوه ښوونکي')).toBe('ps');
    expect(of('Water for all of us')).toBe('en-GB');
    expect(of('सबके लिए पानी')).toBe('hi');
    expect(of('모두를 위한 물')).toBe('ko');
    expect(of('みんなの水道')).toBe('ja');
  });

  test('[L8] letters of other keyboards do not mislead', () => {
    const of = (text: string) => languageOfText(text, { own: 'en', forum: FORUM }, guessLanguage);
    expect(of('Мактабҳо барои ҷавонон бошанд')).toBe('tg');
    expect(of('Mektepler ÿaş nesil üçin gerek')).toBe('tk');
    expect(of('Maktablar uchun yangi o`quv dasturi')).toBe('uz');
  });

  test('[L8] whatever the text, the answer is a language, soon', () => {
    for (const text of [
      '\u202e\u0000',
      '\ud800',
      'a'.repeat(5_000_000),
      '🏳️‍🌈'.repeat(100_000),
      "o'".repeat(1_000_000),
    ]) {
      expect(isLanguage(languageOfText(text, { own: 'ur', forum: FORUM }, guessLanguage))).toBe(true);
    }
  });
});

describe('alphabets', () => {
  test('[L9] a text that cannot be in the stated language has its own direction', () => {
    for (const [language, texts] of Object.entries(TEXTS)) {
      for (const text of texts) {
        for (const stated of FORUM) {
          const shown = fittingLanguage(stated, text);
          expect(isLanguage(shown)).toBe(true);
          expect([text, stated, directionOf(shown)]).toEqual([text, stated, directionOf(language)]);
        }
        expect(fittingLanguage(language, text)).toBe(language);
      }
    }
    expect(fittingLanguage('ur', 'Clean water')).toBe('und-Latn');
    expect(fittingLanguage('en', 'صاف پانی')).toBe('und-Arab');
    expect(fittingLanguage('ur', '1.2 — 15:30')).toBe('ur');
    expect(fittingLanguage('und', 'Clean water')).toBe('und');
    expect(fittingLanguage('und', 'صاف پانی')).toBe('und-Arab');
    expect(fittingLanguage('ja', '水')).toBe('ja');
    expect(fittingLanguage('uz-Cyrl', 'Тоза сув')).toBe('uz-Cyrl');
    expect(fittingLanguage('zh-Hant', '水')).toBe('zh-Hant');
  });

  test('[L9] most letters decide; numbers, signs and addresses are none', () => {
    expect(scriptIn('WhatsApp گروپ میں بات کریں')).toBe('Arab');
    expect(scriptIn('Чат в WhatsApp и Telegram каждый день')).toBe('Cyrl');
    expect(scriptIn('https://example.org/a/very/long/path یہ')).toBe('Arab');
    expect(scriptIn('۱۲۳ ٪ ۔ ،')).toBeNull();
    expect(['Third اردو', 'Clean water for Ош'].map(scriptIn)).toEqual(['Latn', 'Latn']);
    expect(['UNESCO کی مدد سے', 'PDF صاف', 'تیسری Third'].map(scriptIn)).toEqual(['Arab', 'Arab', 'Arab']);
    expect([scriptOf('pa-Arab'), scriptOf('pa-arab'), scriptOf('pa'), scriptOf('und')]).toEqual([
      'Arab',
      'Arab',
      'Guru',
      null,
    ]);
  });
});
