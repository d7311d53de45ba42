import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { keys as commands, toggleList } from '#lib/editor/commands.ts';
import { Desk } from '#lib/editor/binding/desk.ts';
import { findBrowser } from '../browser.mjs';
import { beginningOf, openDesk, type OpenDesk } from './composing/open-desk.ts';
import type {} from './composing/desk.svelte.ts';

const bodyIn = (doc: Y.Doc) => (doc.getMap('items').get('idea') as Y.Map<Y.XmlFragment>).get('body')!;

describe.skipIf(!findBrowser())('a word that an input method composes in a real browser', () => {
  let aida: OpenDesk;
  let davron: Desk;

  beforeAll(async () => {
    aida = await openDesk();
  });
  afterAll(() => aida?.close());

  /** Aida's caret in front of some words of the text. */
  async function begin(paragraphs: readonly string[], words: string): Promise<void> {
    const beginning = beginningOf(paragraphs);
    davron = new Desk(3, beginning, bodyIn);
    await aida.page.evaluate((bytes) => window.desk.begin(2, bytes), [...beginning]);
    await aida.page.waitForSelector('.ProseMirror');
    await aida.page.evaluate(async (at) => {
      window.desk.point(at);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }, words);
  }

  const compose = (text: string, replaced: { replacementStart?: number; replacementEnd?: number } = {}) =>
    aida.keys.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
      ...replaced,
    });
  const commit = (text: string) => aida.keys.send('Input.insertText', { text });

  async function exchange(): Promise<void> {
    const updates = await aida.page.evaluate(() => window.desk.take());
    for (const update of updates) davron.hear(Uint8Array.from(update));
    const told = davron.unsent.splice(0).map((update) => [...update]);
    await aida.page.evaluate((all) => all.forEach((update) => window.desk.hear(update)), told);
  }

  /** Until both show the same. */
  async function together(): Promise<string> {
    const isOne = async () => {
      await exchange();
      return (await aida.page.evaluate(() => window.desk.text)) === davron.text;
    };
    await expect.poll(isOne, { timeout: 60_000 }).toBe(true);
    return davron.text;
  }

  const MEANWHILE: readonly [name: string, deed: () => void, expected: RegExp][] = [
    [
      'letters at its right edge',
      () => (davron.pointAt('two'), davron.type('XY')),
      /^one (かんじXY|XYかんじ)two¶three$/,
    ],
    ['letters elsewhere in its paragraph', () => (davron.pointAt('ne'), davron.type('XY')), /^oXYne かんじtwo¶three$/],
    ['letters in the word', () => (davron.pointAt('ん'), davron.type('XY')), /^one (?=.*か.*ん?.*じ).*XY.*two¶three$/],
    ['a split before it', () => (davron.pointAt('か'), davron.press(commands.Enter!)), /^one ¶かんじtwo¶three$/],
    ['a split behind it', () => (davron.pointAt('two'), davron.press(commands.Enter!)), /^one かんじ¶two¶three$/],
    ['an empty line in front of it', () => (davron.point(1), davron.press(commands.Enter!)), /^¶one かんじtwo¶three$/],
    [
      'two lines in front of it',
      () => (davron.point(1), davron.press(commands.Enter!), davron.press(commands.Enter!)),
      /^¶¶one かんじtwo¶three$/,
    ],
    [
      'an empty line in front of it, which goes again',
      () => (davron.point(1), davron.press(commands.Enter!), davron.press(commands.Backspace!)),
      /^one かんじtwo¶three$/,
    ],
    [
      'an empty line behind its paragraph',
      () => (davron.pointAt('three'), davron.press(commands.Enter!)),
      /^one かんじtwo¶¶three$/,
    ],
    [
      'a join with the next',
      () => (davron.pointAt('three'), davron.press(commands.Backspace!)),
      /^one かんじtwothree$/,
    ],
  ];

  test.each(MEANWHILE)('[B43] meets %s and is there once and whole', async (_, deed, expected) => {
    await begin(['one two', 'three'], 'two');
    await compose('か');
    await compose('かん');
    await exchange();
    deed();
    await exchange();
    await compose('かんじ');
    await exchange();
    await commit('かんじ');
    const text = await together();
    expect(text).toMatch(expected);
    for (const letter of 'かじ') expect(text.split(letter).length - 1, `${letter} in ${text}`).toBe(1);
  });

  test('[B43] that begins while a line in front of it is on its way is there once, and once when the focus ends it', async () => {
    for (const isLeft of [false, true]) {
      await begin(['one two', 'three'], 'two');
      davron.point(1);
      davron.press(commands.Enter!);
      await compose('か');
      await exchange();
      await compose('かんじ');
      if (isLeft) await aida.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      else await commit('かんじ');
      expect(await together()).toBe('¶one かんじtwo¶three');
    }
  });

  test('[B43] in place of a word that was selected meets a line in front of it', async () => {
    await begin(['one two', 'three'], 'two');
    await compose('かん', { replacementStart: 4, replacementEnd: 7 });
    davron.point(1);
    davron.press(commands.Enter!);
    await exchange();
    await commit('かんじ');
    expect(await together()).toBe('¶one かんじ¶three');
  });

  test('[B43] in a list meets an empty entry in front of it', async () => {
    await begin(['one two', 'three'], 'two');
    davron.pointAt('one');
    davron.press(toggleList);
    await exchange();
    await compose('かん');
    await exchange();
    davron.pointAt('one');
    davron.press(commands.Enter!);
    await exchange();
    await compose('かんじ');
    await commit('かんじ');
    expect(await together()).toBe('¶one かんじtwo¶three');
  });

  test('[B43] outlives its paragraph, which somebody deletes who has not heard of it', async () => {
    await begin(['one two', 'three'], 'two');
    await compose('かん');
    const end = davron.state.doc.firstChild!.nodeSize;
    davron.press((state, dispatch) => (dispatch?.(state.tr.delete(0, end)), true));
    await exchange();
    await compose('かんじ');
    await exchange();
    await commit('かんじ');
    expect((await together()).split('かんじ').length - 1).toBe(1);
  });

  test('[B43] may be swiped over one that was there', async () => {
    await begin(['one twi three'], 'twi');
    await compose('two', { replacementStart: 4, replacementEnd: 7 });
    davron.pointAt('three');
    davron.type('XY ');
    await exchange();
    await commit('two');
    expect(await together()).toBe('one two XY three');
  });

  test('a word that is corrected, and an emoji beside another, meet others’ letters', async () => {
    await begin(['🔥teh fire'], '🔥');
    davron.pointAt('fire');
    davron.type('big ');
    await exchange();
    await aida.page.evaluate(async () => {
      const words = document.querySelector('.ProseMirror p')!.firstChild!;
      getSelection()!.setBaseAndExtent(words, 2, words, 5);
      await new Promise((resolve) => setTimeout(resolve, 30));
      document.execCommand('insertText', false, 'the');
      await new Promise((resolve) => setTimeout(resolve, 30));
    });
    expect(await together()).toBe('🔥the big fire');
    await aida.page.evaluate(() => window.desk.point('🔥'));
    await commit('🧿');
    expect((await together()).replace('🧿', '')).toBe('🔥the big fire');
  });
});
