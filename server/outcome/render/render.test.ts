import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTag, type Element } from 'domhandler';
import { findAll, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { textOfRuns, type Block } from '#domain/languages/text.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { HOSTILE, sources } from '../../../tests/integration/outcome-sample.ts';
import { renderOutcome, type OutcomeFormat } from './render.ts';
import type { WordPressPost } from './wordpress.ts';
import { entryOfZip } from '../../../tests/integration/outcome-zip.ts';

const document = assembleOutcome(sources);
const bytes = async (format: OutcomeFormat, of = document) => (await renderOutcome(of, format)).bytes;
const text = async (format: OutcomeFormat, of = document) => new TextDecoder().decode(await bytes(format, of));

/** Everything that people wrote, in the document's order. */
function texts(of: OutcomeDocument): string[] {
  const lines = (blocks: readonly Block[]) =>
    blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.runs] : block.items)).map(textOfRuns);
  return [
    of.title,
    of.place,
    ...of.organisers.map(({ name }) => name),
    ...lines(of.preamble),
    ...of.agenda.flatMap((item) => [
      item.title,
      ...(item.moderator ? [item.moderator.name] : []),
      ...item.speakers.flatMap(({ name, role }) => [name, role ?? '']),
      ...(item.kind === 'workshop' ? [item.question ?? ''] : []),
      ...(item.summary?.split('\n') ?? []),
      ...item.keyPoints,
      ...item.links.map(({ url }) => url),
    ]),
    ...of.themes.flatMap(({ title, recommendations }) => [
      title.text,
      ...recommendations.flatMap(({ number, blocks }) => [number, ...lines(blocks)]),
    ]),
    ...lines(of.closing),
    ...of.participants.delegations.flatMap(({ people }) =>
      people.flatMap(({ name, organisation }) => [name, organisation ?? '']),
    ),
    ...of.parkingLot.flatMap(({ blocks }) => lines(blocks)),
    ...lines(of.notes),
  ].filter((line) => line !== '');
}

/** White space and line breaks are the format's own business. */
const squeezed = (value: string): string => value.replace(/\s+/g, '');

function expectInOrder(whole: string, parts: readonly string[]): void {
  const hay = squeezed(whole);
  let at = 0;
  for (const part of parts) {
    const found = hay.indexOf(squeezed(part), at);
    expect(found, `“${part}” after ${at}`).toBeGreaterThanOrEqual(0);
    at = found + squeezed(part).length;
  }
}

const withoutTags = (html: string): string => textContent(parseDocument(html).children);
const elements = (html: string, name: string): Element[] =>
  findAll((element) => element.name === name, parseDocument(html).children);

describe('every format', () => {
  test('[O9] HTML holds every text in order', async () => {
    expectInOrder(withoutTags(await text('html')), texts(document));
  });

  test('[O9] WordPress holds every text in order', async () => {
    const post = JSON.parse(await text('wordpress')) as WordPressPost;
    expectInOrder(post.title.raw + withoutTags(post.content.raw), texts(document));
  });

  test('[O9] Markdown holds every text in order', async () => {
    const bare = (value: string) => value.replace(/\*\*?|<\/?span[^>]*>|\]\(<[^>]*>\)|\[/g, '');
    const plain = (await text('md')).replace(/\\([!-/:-@[-`{-~])/g, '$1');
    expectInOrder(bare(plain), texts(document).map(bare));
  });

  test('[O9] DOCX holds every text in order; numbers are counted by Word', async () => {
    const xml = entryOfZip(await bytes('docx'), 'word/document.xml');
    const numbers = new Set(
      document.themes.flatMap(({ recommendations }) => recommendations.map(({ number }) => number)),
    );
    expectInOrder(
      xmlText(xml),
      texts(document).filter((line) => !numbers.has(line)),
    );
  });

  test('[O12] JSON is the model itself', async () => {
    expect(JSON.parse(await text('json'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('[O9] CSV has a row for each recommendation and idea', async () => {
    const csv = await text('csv');
    expect(csv).toContain(
      '"1.2","Shared shelves","Передвижная библиотека приезжает в каждое село раз в месяц.","ru","Room “Syr”"',
    );
    expect(csv.match(/\r\n"\d+\.\d+",/g)).toHaveLength(6);
  });
});

const xmlText = (xml: string): string => textContent(parseDocument(xml, { xmlMode: true }).children);

describe('text is never markup', () => {
  test('[O11] HTML has no script, and the signs stand as they were written', async () => {
    const html = await text('html');
    expect(elements(html, 'script')).toEqual([]);
    expect(elements(html, 'b')).toEqual([]);
    expect(withoutTags(html)).toContain(HOSTILE);
  });

  test('[O11] WordPress has no script, no block and no shortcode that somebody typed', async () => {
    const typed = { ...document, place: '<!-- wp:html --><script>x</script><!-- /wp:html --> [gallery id=1]' };
    const post = JSON.parse(await text('wordpress', typed)) as WordPressPost;
    expect(elements(post.content.raw, 'script')).toEqual([]);
    expect(post.content.raw).not.toContain('<!-- wp:html');
    expect(post.content.raw + post.content.rendered).not.toContain('[');
    expect(withoutTags(post.content.rendered)).toContain('[gallery id=1]');
    expect(withoutTags(post.content.rendered)).toContain(HOSTILE);
  });

  test('[O11] Markdown escapes what would be a mark', async () => {
    const markdown = await text('md');
    expect(markdown).toContain('\\<script\\>alert(1)\\</script\\> \\*x\\* \\#y \\$z\\$ \\_u\\_ =1+1 \\]\\]\\>');
    expect(markdown).toContain('\\=1+1');
  });

  test('[O11] no cell of the CSV begins like a formula', async () => {
    const csv = await text('csv');
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(csv).not.toMatch(/(?:^|,|\n)"[=+\-@]/);
  });

  test('[O11] DOCX is well formed whatever was typed, and links leave only by http, https and mailto', async () => {
    const odd = {
      ...document,
      place: 'a\u0000b\u000bc\ud800',
      closing: [{ kind: 'paragraph', lang: 'en', runs: [{ text: 'x', href: 'javascript:alert(1)' }] }] as Block[],
    };
    const file = await bytes('docx', odd);
    expect(xmlText(entryOfZip(file, 'word/document.xml'))).toContain('abc');
    expect(entryOfZip(file, 'word/_rels/document.xml.rels')).not.toContain('javascript');
    expect(await text('html', odd)).not.toContain('javascript');
    expect(await text('md', odd)).not.toContain('javascript');
  });
});

describe('language and direction', () => {
  test.each(['html', 'wordpress'] as const)(
    '[O10] %s: every text stands within an element that says its lang and dir',
    async (format) => {
      const content = await text(format);
      const html = format === 'html' ? content : (JSON.parse(content) as WordPressPost).content.raw;
      const spoken = (node: Element | null): Element | null => {
        for (let at = node; at; at = at.parent && isTag(at.parent) ? at.parent : null)
          if (at.attribs.lang && at.name !== 'html') return at;
        return null;
      };
      for (const words of ['ہر گاؤں میں', 'ہم سب مل کر', 'دریا کنارے', 'اساتذہ']) {
        const holders = findAll(
          (element) => element.children.some((child) => child.type === 'text' && child.data.includes(words)),
          parseDocument(html).children,
        );
        expect(holders).not.toEqual([]);
        for (const holder of holders) expect(spoken(holder)?.attribs).toMatchObject({ lang: 'ur', dir: 'rtl' });
      }
      const all = findAll((element) => /^(p|h[1-6]|td|th)$/.test(element.name), parseDocument(html).children);
      for (const element of all) {
        if (textContent(element).trim() === '' || /^\d+$/.test(textContent(element))) continue;
        const inner = findAll(
          (child) =>
            child.attribs.lang !== undefined ||
            child.attribs.dir === 'auto' ||
            /person/.test(child.attribs.class ?? ''),
          element.children,
        );
        expect(spoken(element) ?? inner[0], textContent(element)).toBeTruthy();
      }
    },
  );

  test('[O10] Markdown says the language of a text that is not the document’s', async () => {
    expect(await text('md')).toContain('<span lang="ur" dir="rtl">ہم سب مل کر پڑھیں گے۔</span>');
  });

  test('[O10] DOCX gives Urdu words their own font in a text of another language too, and Latin ones theirs in Urdu', async () => {
    const inEnglish = { ...document, title: 'The plan of ہم یہ، ہے for all' };
    const file = await bytes('docx', inEnglish);
    const runs = (words: string) =>
      (entryOfZip(file, 'word/document.xml').match(/<w:r>.*?<\/w:r>/gs) ?? []).find((run) =>
        run.includes(`>${words}<`),
      );
    expect(runs('The plan of ')).not.toContain('w:rtl');
    expect(runs('ہم یہ، ہے')).toContain('<w:rtl/>');
    expect(runs('ہم یہ، ہے')).toContain('w:cs="Noto Nastaliq Urdu"');
    expect(runs(' for all')).not.toContain('Nastaliq');
    expect(entryOfZip(file, 'word/fontTable.xml')).toContain('Noto Nastaliq Urdu');
    const plain = { ...document, title: 'x', closing: [] };
    const none = JSON.parse(
      JSON.stringify(plain)
        .replace(/\p{Script=Arabic}/gu, 'x')
        .replaceAll('"ur"', '"en"'),
    );
    expect(entryOfZip(await bytes('docx', none as OutcomeDocument), 'word/fontTable.xml')).not.toContain('Nastaliq');
    const inUrdu = { ...document, language: 'ur', title: 'ہم UNESCO سے' };
    const urdu = entryOfZip(await bytes('docx', inUrdu), 'word/document.xml');
    expect(urdu).toMatch(/<w:r>(?:(?!w:rtl).)*>UNESCO</);
  });

  test('[O10] DOCX sets Urdu right-to-left, in its own language and font', async () => {
    const xml = entryOfZip(await bytes('docx'), 'word/document.xml');
    const paragraph = xml.split('<w:p>').find((part) => part.includes('ہر گاؤں میں'));
    expect(paragraph).toContain('<w:bidi/>');
    expect(paragraph).toContain('<w:rtl/>');
    expect(paragraph).toMatch(/<w:lang [^>]*w:bidi="ur"/);
    expect(paragraph).toContain('w:cs="Noto Nastaliq Urdu"');
    const english = xml.split('<w:p>').find((part) => part.includes('one catalogue'));
    expect(english).not.toContain('<w:bidi/>');
    expect(english).toContain('<w:lang w:val="en"/>');
  });
});

describe('DOCX', () => {
  test('[O14] named styles, real headings and one numbering of two levels that hangs in the margin', async () => {
    const file = await bytes('docx');
    const xml = entryOfZip(file, 'word/document.xml');
    const styled = (style: string) => xml.split(`<w:pStyle w:val="${style}"/>`).length - 1;
    expect([styled('Title'), styled('Heading1'), styled('Heading2'), styled('Theme')]).toEqual([1, 6, 4, 3]);
    expect(styled('Recommendation')).toBe(6);
    const numbering = entryOfZip(file, 'word/numbering.xml');
    expect(numbering).toContain('<w:lvlText w:val="%1.%2"/>');
    expect(numbering).toMatch(
      /<w:ind [^>]*w:start="0"[^>]*w:hanging="794"|<w:ind [^>]*w:hanging="794"[^>]*w:start="0"/,
    );
    expect(entryOfZip(file, 'word/styles.xml')).toContain('w:name w:val="Recommendation"');
    expect(entryOfZip(file, 'docProps/core.xml')).toContain(
      '<dc:title>Reading Rivers: libraries of the dry valleys</dc:title>',
    );
    expect(xml).toContain('<w:tblHeader/>');
  });
});

describe('WordPress', () => {
  test('[O13] is a draft with real headings and real lists, the headline its title', async () => {
    const post = JSON.parse(await text('wordpress', { ...document, headline: 'News & more' })) as WordPressPost;
    expect(post).toMatchObject({
      status: 'draft',
      lang: 'en',
      title: { raw: 'News &amp; more', rendered: 'News &amp; more' },
    });
    const { raw, rendered } = post.content;
    expect(raw.match(/<!-- wp:[a-z-]+ /g)?.length).toBe(raw.match(/<!-- \/wp:[a-z-]+ /g)?.length);
    const items = elements(raw, 'li');
    expect(items.length).toBeGreaterThan(6);
    for (const { parent } of items) expect((parent as Element).name).toBe('ul');
    expect(rendered).not.toContain('<!--');
    expect(elements(rendered, 'li')).toHaveLength(items.length);
  });
});

describe('PDF', () => {
  test('[O15] is tagged for PDF/UA, with title, language and fonts', async () => {
    const file = Buffer.from(await bytes('pdf')).toString('latin1');
    expect(file.startsWith('%PDF-')).toBe(true);
    expect(file).toMatch(/pdfuaid:part|pdfuaid/);
    expect(file).toContain('/StructTreeRoot');
    expect(file).toMatch(/\/Lang \(en\)/);
    expect(file).toMatch(/\/FontName \/\w+\+SourceSerif4/);
  });

  test.skipIf(!installed('pdftotext'))(
    '[O9] PDF holds every text that is not Urdu, hostile text as it was written',
    async () => {
      const path = join(mkdtempSync(join(tmpdir(), 'outcome-')), 'outcome.pdf');
      writeFileSync(path, await bytes('pdf'));
      const read = squeezed(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })).replace(
        /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
        '',
      );
      const plain = texts(document).filter((line) => !/\p{Script=Arabic}/u.test(line) && !line.includes(HOSTILE));
      for (const line of plain) for (const word of line.split(/\s+/)) expect(read).toContain(word);
      for (const word of HOSTILE.split(' ')) expect(read).toContain(word);
    },
  );
});

function installed(command: string): boolean {
  try {
    execFileSync(command, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
