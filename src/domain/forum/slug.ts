const LONGEST = 60;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Cyrillic of the region's languages and the Arabic letters of Urdu, as readers of Latin script expect them in an address. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
  ...{ ә: 'a', ғ: 'gh', қ: 'q', ң: 'ng', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i', ї: 'yi', є: 'ye', ґ: 'g' },
  ...{ ӣ: 'i', ӯ: 'u', ҳ: 'h', ҷ: 'j', ў: 'o', җ: 'j' },
  ...{ ı: 'i', ə: 'a', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd' },
  ...{ ا: 'a', آ: 'a', أ: 'a', ب: 'b', پ: 'p', ت: 't', ٹ: 't', ث: 's', ج: 'j', چ: 'ch', ح: 'h', خ: 'kh', د: 'd' },
  ...{ ڈ: 'd', ذ: 'z', ر: 'r', ڑ: 'r', ز: 'z', ژ: 'zh', س: 's', ش: 'sh', ص: 's', ض: 'z', ط: 't', ظ: 'z', ع: 'a' },
  ...{ غ: 'gh', ف: 'f', ق: 'q', ک: 'k', ك: 'k', گ: 'g', ل: 'l', م: 'm', ن: 'n', ں: 'n', و: 'w', ہ: 'h', ھ: 'h' },
  ...{ ه: 'h', ة: 'h', ء: '', ی: 'i', ي: 'i', ئ: 'y', ے: 'e' },
};

/** The part of an address that names a forum: a–z, 0–9 and single dashes; `forum` when nothing of the title is left. */
export function slugOf(title: string): string {
  const latin = [...title.normalize('NFC').toLowerCase()]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('')
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’ʻʼ`]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (latin.length <= LONGEST) return latin || 'forum';
  const cut = latin.slice(0, LONGEST + 1);
  return cut.slice(0, cut.lastIndexOf('-') > LONGEST / 2 ? cut.lastIndexOf('-') : LONGEST).replace(/-$/, '');
}

/** Words that are pages of their own where a forum's address would be (`tests/matrix` compares them with the routes). */
export const PAGES: ReadonlySet<string> = new Set(['new']);

/** `slug`, then `slug-2`, `slug-3` …; never the address of a page. */
export function numberedSlug(slug: string, number: number): string {
  const free = PAGES.has(slug) ? `${slug}-forum` : slug;
  return number === 1 ? free : `${free}-${number}`;
}

/**
 * Forums from before that have the address of a page are shown under another one, which no title can give: it has two dashes. What
 * is stored stays, and so do links to pages below it.
 */
export const shownSlug = (stored: string): string => (PAGES.has(stored) ? `${stored}${BEHIND_PAGE}` : stored);
export const storedSlug = (shown: string): string => {
  const stored = shown.endsWith(BEHIND_PAGE) ? shown.slice(0, -BEHIND_PAGE.length) : shown;
  return PAGES.has(stored) ? stored : shown;
};
const BEHIND_PAGE = '--1';
