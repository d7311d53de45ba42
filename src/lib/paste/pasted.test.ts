import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deeperEntries, htmlOfLines, ideasIn, linesPasted, textOfLines } from './pasted.ts';

const linesOf = (html: string, text = '') => textOfLines(linesPasted(html, text)).split('\n');
const levels = (html: string) => linesPasted(html, '').map(({ level }) => level);

const mso = (level: number, mark: string, words: string) =>
  `<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]>` +
  `<span style='font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span>` +
  `</span></span><![endif]><span lang=EN-GB>${words}<o:p></o:p></span></p>\n`;

/** Copied structure of real producers. */
const CLIPBOARDS: readonly (readonly [string, string, readonly string[]])[] = [
  ['Word: bullets', mso(1, '·', 'One') + mso(2, 'o', 'Two') + mso(3, '§', 'Three'), ['One', 'Two', 'Three']],
  ['Word: numbers', mso(1, '1.', 'One') + mso(1, '2.', 'Two') + mso(2, 'a)', 'Three'), ['One', 'Two', 'Three']],
  [
    'Word: deleted words, a remark, a footnote',
    `<p class=MsoNormal>Keep <del cite="mailto:A" datetime="2026-01-01T10:00">drop</del><ins cite="mailto:A">new</ins> <span class=msoDel>gone</span>words` +
      `<span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[KL1]</a><![endif]>` +
      `<span style='mso-special-character:comment'>&nbsp;</span></span></span><a style='mso-footnote-id:ftn1' href="#_ftn1"><span class=MsoFootnoteReference>` +
      `<![if !supportFootnotes]>[1]<![endif]></span></a>.</p><div style='mso-element:comment-list'><![if !supportAnnotations]><hr><![endif]>` +
      `<div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p class=MsoCommentText>Who pays?</p></div></div></div>` +
      `<div style='mso-element:footnote-list'><div id=ftn1><p class=MsoFootnoteText>See the plan</p></div></div>`,
    ['Keep new words.'],
  ],
  [
    'Excel',
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--table {mso-displayed-decimal-separator:"\\.";} --></style></head><body>` +
      `<table border=0 cellpadding=0><col width=64><!--StartFragment--><tr height=20><td class=xl65>Action</td><td>Who</td><td>When</td></tr>\r\n` +
      `<tr height=20><td>Train<br style='mso-data-placement:same-cell;'>teachers</td><td></td><td x:num>2027</td></tr><tr><td>&nbsp;</td><td></td></tr><!--EndFragment--></table></body></html>`,
    ['Action · Who · When', 'Train teachers · – · 2027'],
  ],
  [
    'Excel: empty cells first, between and last, beside a hidden column, and of a table in a table',
    `<table><tr><td></td><td>Who</td><td><b>When</b></td><td></td></tr><tr><td>&nbsp;</td><td style='display:none'>no</td><td>Aida</td><td><br></td><td></td><td>2027</td></tr>` +
      `<tr><td></td><td>alone</td><td></td></tr><tr><td></td><td><table><tr><td>in</td><td></td><td>side</td></tr></table></td><td>after</td></tr></table>`,
    ['– · Who · When', '– · Aida · – · – · 2027', 'alone', 'in · – · side', 'after'],
  ],
  [
    'Google Sheets',
    `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style><table xmlns="http://www.w3.org/1999/xhtml" data-sheets-root="1">` +
      `<colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td data-sheets-value="{}">Вода</td><td>Школа &amp; дом</td></tr></tbody></table>`,
    ['Вода · Школа & дом'],
  ],
  [
    'Google Docs: struck words, which nobody has deleted, and a remark',
    `<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="text-decoration:none">Open </span><span style="text-decoration:line-through">close </span><span>the library</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p></b>`,
    ['Open close the library'],
  ],
  [
    'signs above and below the line, whose place is their meaning',
    `<p>12 m<sup>2</sup>, 10<span style="font-size:0.6em;vertical-align:super">-3</span>, CO<sub>2</sub>, the 1<sup>st</sup> and x<sup>n+1</sup></p>`,
    ['12 m², 10⁻³, CO₂, the 1st and xⁿ⁺¹'],
  ],
  [
    'words struck by tags, styles and Word stay; a tracked deletion goes, struck or not',
    `<p>keep <s>struck</s> <strike>by</strike> <span style="text-decoration: underline line-through">hand</span> <s style='mso-list:none'>too</s>` +
      `<del><s> never</s></del><s><span class=msoDel> gone</span></s> end</p>`,
    ['keep struck by hand too end'],
  ],
  [
    'LibreOffice: a list in a list',
    `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><style type="text/css">p { line-height: 115% }</style></head><body lang="ru-RU" dir="ltr">` +
      `<ol>\n\t<li><p style="margin-bottom: 0cm">Первое</p>\n\t<ol type="a"><li><p>вложенное</p></li></ol></li>\n\t<li><p>Второе</p></li></ol></body></html>`,
    ['Первое', 'вложенное', 'Второе'],
  ],
  [
    'Outlook',
    `<div class="WordSection1"><p class="MsoNormal"><span>Dear all,<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><ul style='margin-top:0cm' type=disc>` +
      `<li class=MsoListParagraph style='margin-left:0cm;mso-list:l1 level1 lfo2'><span>First point<o:p></o:p></span></li><li class=MsoListParagraph style='mso-list:l1 level1 lfo2'>Second<br>line<o:p></o:p></li></ul>` +
      `<table><tr><td><p class=MsoNormal>Plan</p></td><td><p class=MsoNormal>June</p></td></tr></table></div>`,
    ['Dear all,', 'First point', 'Second line', 'Plan · June'],
  ],
  [
    'Pages',
    `<meta charset="UTF-8"><ul class="ul1"><li class="li1"><span class="s1"></span><span class="s2">Clean\u00ad water</span></li><li class="li1">Quiet\u200b streets</li></ul><p class="p2"><span class="Apple-tab-span">\t</span>• Last<br></p>`,
    ['Clean water', 'Quiet streets', 'Last'],
  ],
  [
    'Word for the web',
    `<div class="ListContainerWrapper"><ul role="list"><li data-font="Symbol" data-aria-level="1" role="listitem"><p class="Paragraph"><span class="TextRun">First</span><span class="EOP">&nbsp;</span></p></li></ul></div>` +
      `<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="2"><p><span>deeper</span></p></li></ul></div>`,
    ['First', 'deeper'],
  ],
  [
    'a web page',
    `<h2>Plan</h2><script>alert(1)</script><img src=x onerror=alert(1)><p>Read <a href="https://example.org/a?b=1&amp;c=2">this</a> and <a href="javascript:alert(1)">that</a>.</p>` +
      `<table><thead><tr><th>Town<th>People</thead><tr><td>Osh<td>300 000</table><p hidden>no</p><button>Buy</button>`,
    ['Plan', 'Read this and that.', 'Town · People', 'Osh · 300 000'],
  ],
  [
    'Telegram for the web',
    `<div class="text-content">Предлагаю:<br>— открыть библиотеку<br>— учить учителей<img alt="👍" class="emoji"></div>`,
    ['Предлагаю:', 'открыть библиотеку', 'учить учителей'],
  ],
];

describe('[B116] the clipboard of', () => {
  test.each(CLIPBOARDS)('%s', (_, html, expected) => {
    expect(linesOf(html)).toEqual(expected);
    // What was read is read the same again, without a script, a style or an address that runs.
    const clean = htmlOfLines(linesPasted(html, ''));
    expect(linesOf(clean)).toEqual(expected);
    expect(clean.replace(/<\/?(p|ul|li|strong|em|a)( href="https?:[^"]*")?>/g, '')).not.toMatch(/[<>]/);
  });
});

test('[B117] entries keep how deep they lie, and marks their weight', () => {
  expect(levels(mso(1, '·', 'One') + mso(2, 'o', 'Two') + mso(1, '·', 'Three'))).toEqual([0, 1, 0]);
  const deep = '<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul><p>e';
  expect(levels(deep)).toEqual([0, 1, 2, 0, null]);
  expect(deeperEntries(linesPasted(deep, ''))).toBe(2);
  expect(deeperEntries(linesPasted(mso(2, 'o', 'One') + mso(2, 'o', 'Two'), ''))).toBe(0);
  expect(
    linesPasted('<p>a <b>b</b><i style="font-weight:700"> c</i> <b style="font-weight:normal">d</b></p>', '')[0]?.runs,
  ).toEqual([{ text: 'a ' }, { text: 'b', strong: true }, { text: ' c', strong: true, em: true }, { text: ' d' }]);
});

describe('[B118] plain text', () => {
  test.each([
    [
      '·\tTrain teachers\no\tfrom rural districts\n·\tGive data',
      ['Train teachers', 'from rural districts', 'Give data'],
    ],
    ['1.\tMinistries publish\n2.\tMedia follow', ['Ministries publish', 'Media follow']],
    ['a) one\nb) two', ['one', 'two']],
    ['- one\n- two\n\n- three', ['one', 'two', 'three']],
    ['• alone', ['alone']],
    ['1. alone', ['1. alone']],
    ['1.1. one\n1.2. two', ['one', 'two']],
    ['۱۔ پانی\n۲۔ ہوا', ['پانی', 'ہوا']],
    ['i. one\nii. two\niii. three', ['one', 'two', 'three']],
    ['A. one\nB. two', ['one', 'two']],
    ['ә) бір\nб) екі', ['бір', 'екі']],
    ['― one\n― two', ['one', 'two']],
    ['- [ ] open\n- [x] done\n☐ asked', ['open', 'done', 'asked']],
    ['А. Осмонова\nБ. Алиев\nЖ. Токтогулов', ['Осмонова', 'Алиев', 'Ж. Токтогулов']],
    ['Ж. Токтогулов\nА. Осмонова', ['Ж. Токтогулов', 'А. Осмонова']],
    ['12.05. Opening\n13.05. Closing', ['12.05. Opening', '13.05. Closing']],
    ['- 5 degrees in winter', ['- 5 degrees in winter']],
    ['\tWho\tWhen\t\n\t\t2027\n\tAida\t2028', ['– · Who · When', '2027', '– · Aida · 2028']],
    ['Action\tWho\tWhen\nTrain\t\t2027', ['Action · Who · When', 'Train · – · 2027']],
    [
      'Каждая школа получает библиотеку, в которой есть кни-\nги на всех языках и место, где можно читать и после\nуроков. Платит область.\nВторой пункт.',
      [
        'Каждая школа получает библиотеку, в которой есть книги на всех языках и место, где можно читать и после уроков. Платит область.',
        'Второй пункт.',
      ],
    ],
    ['Short line\nnext line', ['Short line', 'next line']],
    ['[27/11/2026, 12:30:05] Aida: First\n[27.11.26, 12:31] Тимур: Второе', ['First', 'Второе']],
    ['[20:01, 3/5/2027] Aida: First\n03.05.2027, 20:02 - Тимур: Второе', ['First', 'Второе']],
    ['Aida, [27.11.2026 12:30]\nFirst\n\nAida, [27.11.2026 12:31]\nSecond', ['First', 'Second']],
    ['нур\u200cҷаҳон \ufeffsoft\u00adly', ['нур\u200cҷаҳон softly']],
  ])('%j', (text, expected) => expect(linesOf('', text)).toEqual(expected));
});

test('[B119] entries are ideas; what lies deeper stays with the one above', () => {
  const html = mso(1, '·', 'One') + mso(2, 'o', 'first step') + mso(1, '·', 'Two');
  expect(ideasIn(linesPasted(html, ''))).toEqual(['One\n- first step', 'Two']);
  expect(ideasIn(linesPasted('', 'a\nb\nc'))).toEqual(['a', 'b', 'c']);
  expect(ideasIn([])).toEqual([]);
});

test('[B120] whatever a clipboard holds, it is read in time by its length', () => {
  const hostile = [
    '<div>'.repeat(400_000),
    '<b>'.repeat(100_000) + '<p>'.repeat(100_000) + 'x',
    Array.from({ length: 50_000 }, (_, index) => `<font color=${index}><p>`).join('x'),
    '<ul><li>'.repeat(100_000) + 'deep',
    '<table><tr><td>'.repeat(60_000) + 'cell',
    '</p>'.repeat(400_000),
    '<'.repeat(1_000_000),
    '<!--'.repeat(400_000),
    '<a href="'.repeat(200_000),
    '&'.repeat(1_000_000),
    '<script>'.repeat(100_000) + '</',
    `<p style="${'a:b;'.repeat(400_000)}">x</p>`,
    `<p>${'\u200b'.repeat(1_000_000)}</p>`,
    `<p>${'- '.repeat(500_000)}</p>`,
    '1.\t'.repeat(300_000),
    `${' '.repeat(1_000_000)}x`,
    `${'x\n'.repeat(300_000)}`,
    '[1/1/26, 1:11] '.repeat(60_000),
  ];
  const took = hostile.map((text) => {
    const before = process.cpuUsage().user;
    linesPasted(text, '');
    linesPasted('', text);
    return Math.round((process.cpuUsage().user - before) / 1_000);
  });
  if (process.env.SHOW) console.info(took.join(' '));
  // ms of the processor: the longest takes some hundreds, and what goes by its square takes minutes
  expect(Math.max(...took)).toBeLessThan(15_000);
});

const CASES = new URL('../../../../shared/cases/paste/', import.meta.url);

test.skipIf(!existsSync(CASES))('[B116] the cases that were handed over', () => {
  const read = (name: string) => readFileSync(new URL(name, CASES), 'utf8');
  expect(linesPasted(read('11-word-bullets.html'), '')).toEqual([
    { level: 0, runs: [{ text: 'Train two teachers in each school' }] },
    { level: 1, runs: [{ text: 'from rural districts first' }] },
    { level: 0, runs: [{ text: 'Give ' }, { text: 'free', strong: true }, { text: ' data to pupils' }] },
  ]);
  expect(linesOf(read('11b-word-numbers.html'))).toEqual([
    'Ministries publish the plan',
    'Media follow it up',
    'Schools report',
  ]);
  expect(linesPasted(read('11c-google-docs.html'), '')).toEqual([
    { level: 0, runs: [{ text: 'First point' }] },
    { level: 1, runs: [{ text: 'nested point' }] },
    { level: 0, runs: [{ text: 'Bold point', strong: true }] },
    { level: null, runs: [{ text: 'اردو کا جملہ' }] },
  ]);
  for (const name of ['11-word-bullets', '11b-word-numbers', '11c-google-docs']) {
    expect(linesOf('', read(`${name}.txt`))).toEqual(linesOf(read(`${name}.html`)));
  }
});
