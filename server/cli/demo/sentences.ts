import type { Language } from '#domain/languages/language.ts';

/**
 * What the simulated people write: our own words about school and village libraries, in the eight languages of a regional
 * forum. Short texts are drawn without repeating; phrases are what somebody else adds to an idea.
 */
export const TOPICS = ['books', 'librarians', 'places', 'digital', 'together'] as const;
export type Topic = (typeof TOPICS)[number];

export const THEME_TITLES: Record<Topic, string> = {
  books: 'Books in every language',
  librarians: 'Librarians and teachers',
  places: 'The library as a meeting place',
  digital: 'Digital shelves',
  together: 'Working together across borders',
};

export interface Voice {
  readonly ideas: Record<Topic, readonly string[]>;
  readonly phrases: readonly string[];
  readonly comments: readonly string[];
}

export const VOICES: Readonly<Record<Language, Voice>> = {
  en: {
    ideas: {
      books: [
        'Print a shared list of forty children’s books that every village library can order in its own language.',
        'Give each school library at least ten new titles a year in the language that pupils speak at home.',
        'Publish bilingual picture books whose second language is that of the neighbouring district.',
      ],
      librarians: [
        'Pay a reading hour in the timetable of every primary teacher who runs a school library.',
        'Open a yearly exchange of one week in which librarians work in a library of another country.',
        'Write one short handbook for new village librarians and keep it up to date together.',
      ],
      places: [
        'Keep libraries open two evenings a week so that working parents can come with their children.',
        'Set aside one table in each library where young people may run their own meetings.',
        'Bring the library to pastures and markets with a small bus in the summer months.',
      ],
      digital: [
        'Build one open catalogue in which readers find books of all six countries by author, title and language.',
        'Record local stories as audio books that can be heard without an internet connection.',
        'Offer free reading on a library’s own wireless network, even where the school has none.',
      ],
      together: [
        'Found a network of libraries with one contact person in each country.',
        'Meet once a year and publish what became of the recommendations of the year before.',
        'Create a small fund for projects that two libraries of different countries propose together.',
      ],
    },
    phrases: ['by the end of 2027', 'starting with the smallest villages', 'together with the local schools'],
    comments: ['Who would pay for this?', 'We tried this last year, and it works.', 'Please name a date.'],
  },
  ru: {
    ideas: {
      books: [
        'Составить общий список из сорока детских книг, которые сельская библиотека может заказать на своём языке.',
        'Каждый год пополнять школьную библиотеку новыми книгами на родных языках учеников.',
        'Издавать двуязычные книжки с картинками, где второй язык — язык соседнего района.',
      ],
      librarians: [
        'Включить час чтения в оплачиваемую нагрузку учителей, которые ведут школьную библиотеку.',
        'Проводить недельные стажировки библиотекарей в соседних странах.',
        'Подготовить краткое пособие для начинающих сельских библиотекарей и вместе его обновлять.',
      ],
      places: [
        'Открывать библиотеки дважды в неделю по вечерам, чтобы родители приходили с детьми после работы.',
        'Выделить в каждой библиотеке стол, за которым молодёжь сама проводит встречи.',
        'Летом отправлять библиобус на джайлоо и на базары.',
      ],
      digital: [
        'Создать открытый каталог, в котором книги шести стран можно найти по автору, названию и языку.',
        'Записывать местные сказания как аудиокниги, которые можно слушать без интернета.',
        'Обучить подростков оцифровке старых газет районной библиотеки.',
      ],
      together: [
        'Создать сеть библиотек, в которой у каждой страны есть одно контактное лицо.',
        'Каждый год отчитываться о том, какие рекомендации форума выполнены.',
        'Проводить общую неделю чтения в одни и те же дни во всех шести странах.',
      ],
    },
    phrases: ['до конца 2027 года', 'начиная с малых сёл', 'вместе с местными школами'],
    comments: ['А кто это оплатит?', 'У нас это уже работает.', 'Хорошо бы указать срок.'],
  },
  kk: {
    ideas: {
      books: [
        'Ауыл кітапханалары үшін қазақ тілінде жылына кемінде он жаңа балалар кітабын шығару.',
        'Көрші елдердің ертегілерін қазақ тіліне аударып, ортақ жинақ етіп басу.',
        'Әр мектепке оқушылардың ана тіліндегі кітаптар сөресін ашу.',
      ],
      librarians: [
        'Кітапханашыларға арналған қысқа курсты жыл сайын облыс орталығында өткізу.',
        'Мұғалімдер мен кітапханашылар бірге сабақ жоспарлайтын айлық кездесу бастау.',
        'Жас кітапханашыларға тәжірибелі тәлімгер тағайындау.',
      ],
      places: [
        'Кітапханада аптасына екі рет кешкі оқу сағатын өткізу.',
        'Әжелер мен немерелер бірге оқитын жексенбілік үйірме ашу.',
        'Жайлаудағы балаларға жазда жылжымалы кітапхана жіберу.',
      ],
      digital: [
        'Ескі газеттерді цифрландырып, баршаға ашық мұрағат жасау.',
        'Интернеті жоқ ауылдарға дыбыстық кітаптар жинағын жеткізу.',
        'Кітапхана каталогін үш тілде телефоннан іздеуге ыңғайлы ету.',
      ],
      together: [
        'Алты елдің кітапханалары арасында кітап алмасу күнін белгілеу.',
        'Ортақ жобаларға арналған шағын қор құру.',
        'Ұсыныстардың орындалуын жыл сайын бірге тексеру.',
      ],
    },
    phrases: ['2027 жылдың соңына дейін', 'шағын ауылдардан бастап', 'мектептермен бірлесіп'],
    comments: ['Мұны кім қаржыландырады?', 'Бізде бұл жақсы нәтиже берді.', 'Нақты мерзімін жазайық.'],
  },
  ky: {
    ideas: {
      books: [
        'Ар бир айыл китепканасына кыргыз тилиндеги жаңы балдар китептерин жыл сайын жеткирүү.',
        'Коңшу элдердин жомокторун кыргызчага которуп, чогуу басып чыгаруу.',
        'Эки тилдүү сүрөттүү китептердин сериясын баштоо.',
      ],
      librarians: [
        'Китепканачыларга окуу саатын уюштуруу боюнча кыска курс өткөрүү.',
        'Мугалимдер үчүн китепканада айына бир ачык сабак өткөрүү.',
        'Жаш китепканачыларды коңшу өлкөлөргө тажрыйба алмашууга жөнөтүү.',
      ],
      places: [
        'Жайында жайлоого китеп жүктөлгөн унаа жөнөтүү.',
        'Китепкананы жума сайын эки кечте үй-бүлөлөр үчүн ачык кармоо.',
        'Жаштар өздөрү башкарган талкуу клубун ар бир районго ачуу.',
      ],
      digital: [
        'Манасчылардын жана акындардын үнүн жаздырып, акысыз угууга коюу.',
        'Китептерди тилине жараша издей турган жалпы каталог түзүү.',
        'Интернети жок мектептерге санариптик китептердин топтомун берүү.',
      ],
      together: [
        'Алты өлкөнүн китепканалары үчүн жалпы байланыш тармагын түзүү.',
        'Жыл сайын бир жумалык жалпы окуу майрамын өткөрүү.',
        'Эки өлкө чогуу сунуштаган долбоорлорго чакан каржы бөлүү.',
      ],
    },
    phrases: ['2027-жылдын аягына чейин', 'эң алыскы айылдардан баштап', 'мектептер менен бирге'],
    comments: ['Муну ким каржылайт?', 'Бизде ушундай тажрыйба бар.', 'Мөөнөтүн так жазалы.'],
  },
  uz: {
    ideas: {
      books: [
        'Har bir qishloq kutubxonasiga yiliga kamida o‘nta yangi bolalar kitobini yetkazish.',
        'Qo‘shni xalqlarning ertaklarini o‘zbek tiliga tarjima qilib, arzon narxda chop etish.',
        'O‘quvchilar uyda gapiradigan tillarda kitob javonlarini ochish.',
      ],
      librarians: [
        'Kutubxonachilar uchun har yili bir haftalik tajriba almashish dasturini o‘tkazish.',
        'O‘qituvchilarning haftalik jadvaliga bir soat birgalikda kitob o‘qishni kiritish.',
        'Yangi kutubxonachilar uchun qisqa va sodda qo‘llanma tayyorlash.',
      ],
      places: [
        'Mahalla kutubxonasini haftada ikki kun kechki soat sakkizgacha ochiq tutish.',
        'Har bir kutubxonada yoshlar o‘zi boshqaradigan davra stolini tashkil etish.',
        'Bozor kunlari ko‘chma kutubxona bilan qishloqlarga borish.',
      ],
      digital: [
        'Internet yo‘q maktablar uchun audiokitoblar to‘plamini tayyorlash.',
        'Oltita mamlakat kutubxonalari uchun yagona ochiq katalog yaratish.',
        'Eski qo‘lyozmalarni yoshlar bilan birga raqamlashtirish.',
      ],
      together: [
        'Har bir mamlakatdan bittadan mas’ul shaxs ishtirokida kutubxonalar tarmog‘ini tuzish.',
        'Forum tavsiyalari qanday bajarilganini har yili birgalikda e’lon qilish.',
        'Ikki mamlakat kutubxonalari birga taklif qilgan loyihalarga kichik grantlar berish.',
      ],
    },
    phrases: ['2027-yil oxirigacha', 'eng chekka qishloqlardan boshlab', 'maktablar bilan birgalikda'],
    comments: ['Buni kim moliyalashtiradi?', 'Bizda bu tajriba yaxshi ishladi.', 'Muddatini aniq yozaylik.'],
  },
  tg: {
    ideas: {
      books: [
        'Ҳар сол ба китобхонаҳои деҳот даҳ китоби нави бачагона ба забони тоҷикӣ фиристодан.',
        'Афсонаҳои халқҳои ҳамсояро ба тоҷикӣ тарҷума карда, якҷо чоп кардан.',
        'Дар мактабҳо рафи китобҳо ба забони модарии хонандагон кушодан.',
      ],
      librarians: [
        'Барои китобдорони нав дастури кӯтоҳу фаҳмо омода кардан.',
        'Ба ҷадвали омӯзгорон соати хониши дастаҷамъӣ илова кардан.',
        'Ҳар тобистон мубодилаи таҷрибаи китобдорони шаш кишварро гузаронидан.',
      ],
      places: [
        'Китобхонаҳоро дар як ҳафта ду бегоҳ барои оилаҳо кушода нигоҳ доштан.',
        'Ба деҳаҳои кӯҳӣ китобхонаи сайёр фиристодан.',
        'Дар ҳар китобхона барои ҷавонон мизи мудаввар ташкил кардан.',
      ],
      digital: [
        'Қиссаҳои мардумиро сабт карда, ҳамчун китоби шунавоӣ дастрас намудан.',
        'Феҳристи ягонаи китобҳоро бо ҷустуҷӯ аз рӯи забон сохтан.',
        'Рӯзномаҳои кӯҳнаро бо ёрии хонандагон рақамӣ кардан.',
      ],
      together: [
        'Шабакаи китобхонаҳоро бо як нафар масъул аз ҳар кишвар таъсис додан.',
        'Ҳафтаи умумии китобхониро дар як вақт дар шаш кишвар гузаронидан.',
        'Барои лоиҳаҳои муштарак фонди хурд таъсис додан.',
      ],
    },
    phrases: ['то охири соли 2027', 'аз деҳаҳои дурдаст сар карда', 'дар якҷоягӣ бо мактабҳо'],
    comments: ['Инро кӣ маблағгузорӣ мекунад?', 'Мо чунин таҷриба дорем.', 'Биёед мӯҳлаташро нависем.'],
  },
  tk: {
    ideas: {
      books: [
        'Oba kitaphanalaryna her ýyl iň az on sany täze çaga kitabyny ýetirmek.',
        'Goňşy halklaryň ertekilerini türkmen diline terjime edip çap etmek.',
        'Iki dilli suratly kitaplaryň tapgyryny başlamak.',
      ],
      librarians: [
        'Kitaphanaçylar üçin her ýyl bir hepdelik tejribe alyşmagy guramak.',
        'Mugallymlaryň iş meýilnamasyna bilelikde okamak sagadyny goşmak.',
        'Täze kitaphanaçylar üçin gysga gollanma taýýarlamak.',
      ],
      places: [
        'Kitaphanalary hepdede iki agşam maşgalalar üçin açyk saklamak.',
        'Uzak obalara göçme kitaphana ibermek.',
        'Her kitaphanada ýaşlaryň söhbet toparyny açmak.',
      ],
      digital: [
        'Halk dessanlaryny ses kitaby hökmünde ýazga geçirmek.',
        'Alty ýurduň kitaplary üçin bir umumy katalog döretmek.',
        'Internetsiz mekdeplere sanly kitaplar toplumyny bermek.',
      ],
      together: [
        'Her ýurtdan bir jogapkär adamly kitaphanalar toruny döretmek.',
        'Maslahatlaryň ýerine ýetirilişini her ýyl bilelikde yglan etmek.',
        'Bilelikdäki taslamalar üçin kiçi gaznany döretmek.',
      ],
    },
    phrases: ['2027-nji ýylyň ahyryna çenli', 'iň uzak obalardan başlap', 'mekdepler bilen bilelikde'],
    comments: ['Muny kim maliýeleşdirer?', 'Bizde şeýle tejribe bar.', 'Möhletini anyk ýazalyň.'],
  },
  ur: {
    ideas: {
      books: [
        'ہر گاؤں کی لائبریری کو سال میں کم از کم دس نئی کتابیں بچوں کی اپنی زبان میں دی جائیں۔',
        'پڑوسی ملکوں کی لوک کہانیاں اردو میں ترجمہ کر کے سستے داموں شائع کی جائیں۔',
        'اسکولوں میں مادری زبانوں کی کتابوں کے لیے الگ الماری رکھی جائے۔',
      ],
      librarians: [
        'نئے لائبریرین حضرات کے لیے ایک مختصر رہنما کتابچہ تیار کیا جائے۔',
        'اساتذہ کے ہفتہ وار نظام الاوقات میں ایک گھنٹہ مل کر پڑھنے کا شامل کیا جائے۔',
        'ہر سال لائبریرین ایک ہفتے کے لیے دوسرے ملک کی لائبریری میں کام کریں۔',
      ],
      places: [
        'لائبریریاں ہفتے میں دو شام خاندانوں کے لیے کھلی رکھی جائیں۔',
        'پہاڑی دیہات تک گرمیوں میں چلتی پھرتی لائبریری پہنچائی جائے۔',
        'ہر لائبریری میں نوجوانوں کے لیے گفتگو کی ایک میز مخصوص کی جائے۔',
      ],
      digital: [
        'مقامی کہانیاں آواز میں محفوظ کی جائیں تاکہ انٹرنیٹ کے بغیر سنی جا سکیں۔',
        'چھ ملکوں کی کتابوں کی ایک مشترکہ اور کھلی فہرست بنائی جائے۔',
        'پرانے اخبارات کو طلبہ کی مدد سے ڈیجیٹل شکل دی جائے۔',
      ],
      together: [
        'لائبریریوں کا ایک نیٹ ورک بنایا جائے جس میں ہر ملک کا ایک نمائندہ ہو۔',
        'ہر سال بتایا جائے کہ پچھلی سفارشات پر کتنا عمل ہوا۔',
        'مشترکہ منصوبوں کے لیے ایک چھوٹا فنڈ قائم کیا جائے۔',
      ],
    },
    phrases: ['سن 2027 کے آخر تک', 'سب سے دور کے دیہات سے شروع کر کے', 'مقامی اسکولوں کے ساتھ مل کر'],
    comments: ['اس کا خرچ کون اٹھائے گا؟', 'ہمارے ہاں یہ تجربہ کامیاب رہا۔', 'براہِ کرم تاریخ بھی لکھیں۔'],
  },
};
