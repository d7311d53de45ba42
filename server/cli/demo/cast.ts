import type { Language } from '#domain/languages/language.ts';

/** Who comes to the demo forum. `country` is ISO 3166-1 alpha-2; all names are made up. */
export interface Member {
  readonly name: string;
  readonly country: string;
  readonly organisation: string;
  readonly language: Language;
}

const DELEGATIONS: readonly (Omit<Member, 'name'> & { readonly names: readonly string[] })[] = [
  {
    country: 'KZ',
    language: 'kk',
    organisation: 'Almaty Regional Library',
    names: ['Айгерім Сейітқызы', 'Ерлан Бекенов', 'Динара Оспан', 'Нұрлан Әбілов'],
  },
  {
    country: 'KG',
    language: 'ky',
    organisation: 'Karakol School Libraries',
    names: ['Айзада Токтосунова', 'Бакыт Эсенов', 'Гүлнара Асанова', 'Нурбек Жумалиев'],
  },
  {
    country: 'UZ',
    language: 'uz',
    organisation: 'Samarqand kutubxonalari',
    names: ['Dilnoza G‘aniyeva', 'Jasur O‘rinov', 'Malika Yo‘ldosheva', 'Sherzod Qosimov'],
  },
  {
    country: 'TJ',
    language: 'tg',
    organisation: 'Китобхонаи Хуҷанд',
    names: ['Зарина Ҳакимова', 'Фаррух Раҷабов', 'Шаҳноза Қодирова', 'Баҳром Ҷалилов'],
  },
  {
    country: 'TM',
    language: 'tk',
    organisation: 'Mary oba kitaphanalary',
    names: ['Aýna Berdiýewa', 'Maksat Öwezow', 'Jeren Çaryýewa', 'Döwlet Gylyjow'],
  },
  {
    country: 'PK',
    language: 'ur',
    organisation: 'Hunza Readers’ Circle',
    names: ['زینب علی', 'عمران خان زادہ', 'صبا نواز', 'کریم اللہ بیگ'],
  },
  {
    country: 'KG',
    language: 'ru',
    organisation: 'Читающий Бишкек',
    names: ['Ольга Ветрова', 'Тимур Саидов', 'Анна Ким', 'Рустам Галеев'],
  },
  {
    country: 'KZ',
    language: 'en',
    organisation: 'Steppe Reading Lab',
    names: ['Laura Fenwick', 'Amir Sadykov', 'Nadia Osman', 'Peter Holt'],
  },
];

/** The same, who write in one of these languages if the cast speaks any of them. */
export function memberIn(languages: readonly Language[], index: number): Member {
  const known = member(index);
  const spoken = DELEGATIONS.map(({ language }) => language).filter((language) => languages.includes(language));
  if (spoken.length === 0 || spoken.includes(known.language)) return known;
  return { ...known, language: spoken[index % spoken.length] ?? known.language };
}

/** The nth person: one delegation after the other; from the fifth round on with a number behind the name. */
export function member(index: number): Member {
  const delegation = DELEGATIONS[index % DELEGATIONS.length] as (typeof DELEGATIONS)[number];
  const round = Math.floor(index / DELEGATIONS.length);
  const { names, ...about } = delegation;
  const name = names[round % names.length] ?? '';
  const again = Math.floor(round / names.length);
  return { ...about, name: again === 0 ? name : `${name} ${again + 1}` };
}
