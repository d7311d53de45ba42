import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shared = fileURLToPath(new URL('../../../shared/cases/', import.meta.url));

const OWN = [
  // Emoji: plain, with skin tones, families, flags of countries and of a part of one, keycaps, styles, halves of sequences.
  '👍 🌸 ✅ 🙏 ☑️ ❤️',
  '👍🏽 👩🏾‍🚒 🧑🏻‍🤝‍🧑🏿',
  '👨‍👩‍👧‍👦 👩‍❤️‍💋‍👩 🏳️‍🌈 🏴‍☠️',
  '🇰🇿🇰🇬🇹🇯🇺🇿🇹🇲🇵🇰 🇦',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} \u{e0041}',
  '1️⃣ #️⃣ *️⃣ 1\u20e3',
  '☎︎ ☎️ \ufe0f \ufe0e',
  '\u200d\u200d👩\u200d \u{1f3fd}',
  // Scripts.
  '王小明 王國華 日本語のかな 한국어 김민준 뷁',
  'გიორგი Ⴀ Ა Արամ ﬓ',
  'राम क्षत्रिय বাংলা ਪੰਜਾਬੀ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල',
  'ไทย ລາວ ខ្មែរ မြန်မာ བོད་ ᠮᠣᠩᠭᠣᠯ አማርኛ',
  'עברית עִבְרִית العربيّة ۹۸۷ سنڌي پښتو ئۇيغۇرچە',
  'ہر گاؤں\u2028میں\u2029لائبریری',
  'Қазақ Ўзбек тоҷикӣ түрк Ǆ ǅ ﬁ ß ẞ',
  '𐌀 𒀀 𓀀 𝔘𝔫𝔦 𠀀 𪜶 𞤀 🜁',
  'Z\u0351\u036b\u0313\u036a\u0302\u033d\u034f\u0334 a\u0301\u0302\u0303 \u0301lone',
  '\u1100\u1161\u11a8 \u115f\u1160 \u3164 \uffa0',
  // What cannot be printed.
  '\u0000',
  '\u0001\u0002\u0008\u001b[31m\u001f\u007f',
  '\u0080\u0085\u009f',
  '\ufffe\uffff \ufdd0 \u{1fffe} \u{10ffff}',
  'a\ud83d',
  '\udc00b',
  '\udbff\ud800\udc00\udc00',
  '\ue000 \uf0b7 \uf8ff \u{f0000} \u{10fffd}',
  '\u0378 \u{e01ef} \u{2fffd} \ufff0 \u2065',
  '\ufffc \ufffd \ufff9a\ufffab\ufffb',
  // What is not seen.
  '\ufeffFirst',
  'in\ufeffside',
  '\u200b',
  '\u00ad\u00adsoft\u00ad',
  '\u2060\u2061\u2064\u180e\u034f',
  '\u00a0\u2000\u2007\u202f\u205f\u3000',
  '\t\t\t',
  ' ',
  '',
  // Directions.
  '\u202eevil\u202c fdp.exe',
  '\u202e\u202d\u2066\u2067\u2068 never closed',
  '\u202c\u2069\u2069 never opened',
  '\u2067א\u202ab\u2069c\u202c',
  `${'\u202e'.repeat(200)}deep`,
  'x\u061cy\u200fz\u200e',
  // Lines.
  'a\r\nb\rc\nd\u000be\u000cf\u2028g\u2029h\u0085i',
  '\n'.repeat(3_000),
  `${'\n \t '.repeat(3_000)}x`,
  'x\n'.repeat(1_000),
  // Length.
  'ж'.repeat(5_000),
  'W'.repeat(20_000),
  'اردو'.repeat(2_000),
  '👨‍👩‍👧'.repeat(500),
  'a\u0301'.repeat(5_000),
  '—'.repeat(500),
  'word '.repeat(2_000),
  `https://example.org/${'x'.repeat(9_000)}`,
  `https://example.org/?q=${'%D0%96'.repeat(500)}#a<b>"c'`,
  // Markup of every format.
  '<script>window.__x=1</script><img src=x onerror=window.__x=1>',
  '<!-- wp:html --><script>x</script><!-- /wp:html --> --> ]]>',
  '&lt;b&gt; &amp; &#x0; &nosuch;',
  '[x](javascript:window.__x=1) ![x](https://evil.example/x.png)',
  '| a | b |\n|---|---|\n| 1 | 2 |\n---\n# h\n1. one\n- two\n```',
  '#let x = 1; #panic("x") $x^2$ \\begin{x} @label <label> ~ _a_ *b* `c` = h',
  '{{constructor.constructor("x")()}} <%= 7*7 %> ${7*7} [shortcode onclick=1]',
  '=1+1',
  "+cmd|'/C calc'!A0",
  '@SUM(1)',
  '\t=1',
  '\r=1',
  ' =1+1',
  '\ufeff=1',
  '\u202d=1',
  '＝1+1',
  '"=1',
  '__proto__',
  'constructor',
  '\\u{202e} \\n \\0',
];

/** Strings that tools like this one stumbled over; where the project's collection of cases is at hand, those too. */
export const HOSTILE_STRINGS: readonly string[] = [
  ...OWN,
  ...(existsSync(`${shared}hostile-strings.json`)
    ? (JSON.parse(readFileSync(`${shared}hostile-strings.json`, 'utf8')) as string[])
    : []),
];

/** Posts with signs that no font had once. */
export const GLYPH_POSTS: readonly string[] = globSync(`${shared}glyphs/*.json`).map((file) =>
  readFileSync(file, 'utf8'),
);
