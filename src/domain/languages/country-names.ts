import type { Language } from './language.ts';

const ORDER: readonly Language[] = ['en', 'ru', 'kk', 'ky', 'tg', 'tk', 'uz', 'ur'];

/**
 * What countries of the region and its guests are called in the eight languages, in that order: by their own wording where it and
 * CLDR's differ (ru Кыргызстан, not Киргизия), and the same on every machine whatever its language data.
 */
const NAMES: Readonly<Record<string, string>> = {
  KZ: 'Kazakhstan · Казахстан · Қазақстан · Казакстан · Қазоқистон · Gazagystan · Qozogʻiston · قازقستان',
  KG: 'Kyrgyzstan · Кыргызстан · Қырғызстан · Кыргызстан · Қирғизистон · Gyrgyzystan · Qirgʻiziston · کرغیزستان',
  TJ: 'Tajikistan · Таджикистан · Тәжікстан · Тажикстан · Тоҷикистон · Täjigistan · Tojikiston · تاجکستان',
  TM: 'Turkmenistan · Туркменистан · Түрікменстан · Түркмөнстан · Туркманистон · Türkmenistan · Turkmaniston · ترکمانستان',
  UZ: 'Uzbekistan · Узбекистан · Өзбекстан · Өзбекстан · Ӯзбекистон · Özbegistan · Oʻzbekiston · ازبکستان',
  PK: 'Pakistan · Пакистан · Пәкістан · Пакистан · Покистон · Pakistan · Pokiston · پاکستان',
  AF: 'Afghanistan · Афганистан · Ауғанстан · Афганистан · Афғонистон · Owganystan · Afgʻoniston · افغانستان',
  IN: 'India · Индия · Үндістан · Индия · Ҳиндустон · Hindistan · Hindiston · بھارت',
  IR: 'Iran · Иран · Иран · Иран · Эрон · Eýran · Eron · ایران',
  MN: 'Mongolia · Монголия · Моңғолия · Монголия · Муғулистон · Mongoliýa · Mongoliya · منگولیا',
  CN: 'China · Китай · Қытай · Кытай · Хитой · Hytaý · Xitoy · چین',
  RU: 'Russia · Россия · Ресей · Россия · Русия · Russiýa · Rossiya · روس',
  TR: 'Türkiye · Турция · Түркия · Түркия · Туркия · Türkiýe · Turkiya · ترکیہ',
  AZ: 'Azerbaijan · Азербайджан · Әзірбайжан · Азербайжан · Озарбойҷон · Azerbaýjan · Ozarbayjon · آذربائیجان',
  AM: 'Armenia · Армения · Армения · Армения · Арманистон · Ermenistan · Armaniston · آرمینیا',
  GE: 'Georgia · Грузия · Грузия · Грузия · Гурҷистон · Gruziýa · Gruziya · جارجیا',
  BY: 'Belarus · Беларусь · Беларусь · Беларусь · Беларус · Belarus · Belarus · بیلاروس',
  UA: 'Ukraine · Украина · Украина · Украина · Украина · Ukraina · Ukraina · یوکرین',
  MD: 'Moldova · Молдова · Молдова · Молдова · Молдова · Moldowa · Moldova · مالدووا',
  NP: 'Nepal · Непал · Непал · Непал · Непал · Nepal · Nepal · نیپال',
  BD: 'Bangladesh · Бангладеш · Бангладеш · Бангладеш · Бангладеш · Bangladeş · Bangladesh · بنگلہ دیش',
  LK: 'Sri Lanka · Шри-Ланка · Шри-Ланка · Шри-Ланка · Шри-Ланка · Şri-Lanka · Shri-Lanka · سری لنکا',
  BT: 'Bhutan · Бутан · Бутан · Бутан · Бутон · Butan · Butan · بھوٹان',
  MV: 'Maldives · Мальдивы · Мальдив · Мальдив · Малдив · Maldiwler · Maldiv · مالدیپ',
  AE: 'United Arab Emirates · Объединённые Арабские Эмираты · Біріккен Араб Әмірліктері · Бириккен Араб Эмираттары · Аморатҳои Муттаҳидаи Араб · Birleşen Arap Emirlikleri · Birlashgan Arab Amirliklari · متحدہ عرب امارات',
  SA: 'Saudi Arabia · Саудовская Аравия · Сауд Арабиясы · Сауд Арабиясы · Арабистони Саудӣ · Saud Arabystany · Saudiya Arabistoni · سعودی عرب',
  QA: 'Qatar · Катар · Катар · Катар · Қатар · Katar · Qatar · قطر',
  KW: 'Kuwait · Кувейт · Кувейт · Кувейт · Қувайт · Kuweýt · Quvayt · کویت',
  OM: 'Oman · Оман · Оман · Оман · Умон · Oman · Ummon · عمان',
  BH: 'Bahrain · Бахрейн · Бахрейн · Бахрейн · Баҳрайн · Bahreýn · Bahrayn · بحرین',
  IQ: 'Iraq · Ирак · Ирак · Ирак · Ироқ · Yrak · Iroq · عراق',
  SY: 'Syria · Сирия · Сирия · Сирия · Сурия · Siriýa · Suriya · شام',
  JO: 'Jordan · Иордания · Иордания · Иордания · Урдун · Iordaniýa · Iordaniya · اردن',
  EG: 'Egypt · Египет · Мысыр · Египет · Миср · Müsür · Misr · مصر',
  PS: 'Palestine · Палестина · Палестина · Палестина · Фаластин · Palestina · Falastin · فلسطین',
  IL: 'Israel · Израиль · Израиль · Израиль · Исроил · Ysraýyl · Isroil · اسرائیل',
  US: 'United States of America · США · АҚШ · АКШ · ИМА · ABŞ · AQSH · امریکا',
  GB: 'United Kingdom · Великобритания · Ұлыбритания · Улуу Британия · Британияи Кабир · Beýik Britaniýa · Buyuk Britaniya · برطانیہ',
  DE: 'Germany · Германия · Германия · Германия · Олмон · Germaniýa · Germaniya · جرمنی',
  FR: 'France · Франция · Франция · Франция · Фаронса · Fransiýa · Fransiya · فرانس',
  IT: 'Italy · Италия · Италия · Италия · Итолиё · Italiýa · Italiya · اٹلی',
  ES: 'Spain · Испания · Испания · Испания · Испониё · Ispaniýa · Ispaniya · سپین',
  CH: 'Switzerland · Швейцария · Швейцария · Швейцария · Швейтсария · Şweýsariýa · Shveytsariya · سوئٹزرلینڈ',
  AT: 'Austria · Австрия · Аустрия · Австрия · Австрия · Awstriýa · Avstriya · آسٹریا',
  NL: 'Netherlands · Нидерланды · Нидерланд · Нидерланд · Нидерланд · Niderlandlar · Niderlandiya · نیدرلینڈز',
  BE: 'Belgium · Бельгия · Бельгия · Бельгия · Белгия · Belgiýa · Belgiya · بیلجیئم',
  SE: 'Sweden · Швеция · Швеция · Швеция · Шветсия · Şwesiýa · Shvetsiya · سویڈن',
  NO: 'Norway · Норвегия · Норвегия · Норвегия · Норвегия · Norwegiýa · Norvegiya · ناروے',
  FI: 'Finland · Финляндия · Финляндия · Финляндия · Финляндия · Finlýandiýa · Finlandiya · فن لینڈ',
  DK: 'Denmark · Дания · Дания · Дания · Дания · Daniýa · Daniya · ڈنمارک',
  PL: 'Poland · Польша · Польша · Польша · Лаҳистон · Polşa · Polsha · پولینڈ',
  CZ: 'Czechia · Чехия · Чехия · Чехия · Чехия · Çehiýa · Chexiya · چیک جمہوریہ',
  HU: 'Hungary · Венгрия · Венгрия · Венгрия · Маҷористон · Wengriýa · Vengriya · ہنگری',
  EE: 'Estonia · Эстония · Эстония · Эстония · Эстония · Estoniýa · Estoniya · ایسٹونیا',
  LV: 'Latvia · Латвия · Латвия · Латвия · Латвия · Latwiýa · Latviya · لٹویا',
  LT: 'Lithuania · Литва · Литва · Литва · Литва · Litwa · Litva · لتھوانیا',
  JP: 'Japan · Япония · Жапония · Жапония · Ҷопон · Ýaponiýa · Yaponiya · جاپان',
  KR: 'Republic of Korea · Республика Корея · Оңтүстік Корея · Түштүк Корея · Кореяи Ҷанубӣ · Günorta Koreýa · Janubiy Koreya · جنوبی کوریا',
  MY: 'Malaysia · Малайзия · Малайзия · Малайзия · Малайзия · Malaýziýa · Malayziya · ملائیشیا',
  ID: 'Indonesia · Индонезия · Индонезия · Индонезия · Индонезия · Indoneziýa · Indoneziya · انڈونیشیا',
  SG: 'Singapore · Сингапур · Сингапур · Сингапур · Сингапур · Singapur · Singapur · سنگاپور',
  TH: 'Thailand · Таиланд · Таиланд · Тайланд · Таиланд · Taýland · Tailand · تھائی لینڈ',
  CA: 'Canada · Канада · Канада · Канада · Канада · Kanada · Kanada · کینیڈا',
  AU: 'Australia · Австралия · Аустралия · Австралия · Австралия · Awstraliýa · Avstraliya · آسٹریلیا',
};

/** Undefined for a country or a language that the table does not have. */
export function nameOfCountry(code: string, language: Language): string | undefined {
  const names = Object.hasOwn(NAMES, code) ? NAMES[code] : undefined;
  return names?.split(' · ')[ORDER.indexOf(language.split('-')[0] ?? '')];
}

/** All its names in the table. */
export const namesOfCountry = (code: string): readonly string[] =>
  Object.hasOwn(NAMES, code) ? (NAMES[code] ?? '').split(' · ') : [];
