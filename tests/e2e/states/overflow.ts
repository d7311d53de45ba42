import type { Page } from '@playwright/test';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What is wrong with the page as it stands, in the window that it has: things wider than it, and controls that lie under something else
 * or outside of what is seen. Scrolls as a person would, to each control.
 */
export function troubles(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const root = document.documentElement;
    const width = root.clientWidth;
    const name = (element: Element) => {
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
      const classes = [...element.classList].filter((one) => !one.startsWith('svelte')).join('.');
      return `${element.localName}${classes && '.'}${classes} “${words.slice(0, 30)}”`;
    };
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: false, visibilityProperty: true }) &&
      getComputedStyle(element).clipPath !== 'inset(50%)';
    /** Something around it cuts or scrolls what is in it. */
    const isFramed = (element: Element): boolean => {
      for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(around);
        if (overflowX !== 'visible' || clipPath === 'inset(50%)') return true;
      }
      return false;
    };

    if (root.scrollWidth > width) found.add(`the page is ${root.scrollWidth} wide in a window of ${width}`);
    for (const element of document.body.querySelectorAll('*')) {
      const { left, right, width: own } = element.getBoundingClientRect();
      if (own === 0 || (left >= -1 && right <= width + 1)) continue;
      if (isSeen(element) && !isFramed(element)) found.add(`${Math.round(left)}–${Math.round(right)} ${name(element)}`);
    }

    const open =
      [...document.querySelectorAll('dialog:modal')].at(-1) ?? // one that was opened from another stands behind it
      document.querySelector('[popover]:not([popover=manual]):popover-open, details.menu[open]') ??
      document.body;
    const controls = 'a[href], button, input, select, textarea, summary, [role="textbox"]';
    for (const control of open.querySelectorAll<HTMLElement>(controls)) {
      if (!isSeen(control) || control.matches('[type="hidden"]') || control.closest('[popover]:not(:popover-open)'))
        continue;
      if (control.closest('.skip, .heard, .bar:not(.whole)')) continue; // for ears, or until they are pointed at
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = [...control.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0);
      if (!box) continue;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const seen = visualViewport;
      if (seen && (x < 0 || x > seen.width + 1 || y < 0 || y > seen.height + 1)) {
        found.add(`out of sight at ${Math.round(x)}, ${Math.round(y)}: ${name(control)}`);
        continue;
      }
      const hit = document.elementFromPoint(x, y);
      // A note goes by itself; only what people write in is never under one, but in a window that is too low for both.
      if (hit?.closest('.toasts') && (!control.closest('.below') || innerHeight < 416)) continue;
      const isReached =
        hit && (control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control));
      if (!isReached) found.add(`${hit ? name(hit) : 'nothing'} lies over ${name(control)}`);
    }
    root.scrollTo({ top: 0, behavior: 'instant' });
    return [...found];
  });
}

/** Makes the window another while somebody writes in the middle of it: false when the line is then out of it or under a bar. */
export async function keepsCaret(page: Page, size: Size): Promise<boolean> {
  await page.evaluate(() => {
    if (document.activeElement?.matches('[contenteditable=true]'))
      getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  await page.setViewportSize(size);
  return page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let frames = 0; frames < 4; frames += 1) await frame();
    const field = document.activeElement;
    const at = getSelection()?.focusNode;
    if (!field?.matches('[contenteditable=true]') || !at) return true;
    const line = (at instanceof Element ? at : at.parentElement)!.getBoundingClientRect();
    const middle = line.left + line.width / 2;
    const isShown = (y: number) => field.contains(document.elementFromPoint(middle, y));
    return isShown(line.top + 12) || isShown(line.bottom - 12);
  });
}

interface Lengthened {
  __longer?: [node: Text | HTMLInputElement, before: string, longer: string][];
}

/**
 * As long as the longest translation: every text, hint and choice grows by two fifths, and its words with it; what a button says in one
 * word, by one and a half times (measured in eight languages).
 */
export function lengthen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const longer = (text: string, by = 0.4) =>
      text.replace(/\p{L}+/gu, (word) => word + 'ẍ'.repeat(Math.ceil(word.length * by)));
    const growth = (text: Text) =>
      text.parentElement?.closest('button, .button') && !/\s/.test(text.data.trim()) ? 1.5 : 0.4;
    const kept: NonNullable<Lengthened['__longer']> = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      if (!text.parentElement?.closest('script, style, [contenteditable]'))
        kept.push([text, text.data, longer(text.data, growth(text))]);
    }
    for (const field of document.querySelectorAll<HTMLInputElement>('[placeholder]'))
      kept.push([field, field.placeholder, longer(field.placeholder)]);
    for (const [node, , text] of kept)
      if (node instanceof Text) node.data = text;
      else node.placeholder = text;
    (window as Lengthened).__longer = kept;
  });
}

/** Takes `lengthen` back, but where the page has written something else meanwhile. */
export function shorten(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const [node, before, longer] of (window as Lengthened).__longer ?? []) {
      if (node instanceof Text) node.data = node.data === longer ? before : node.data;
      else node.placeholder = before;
    }
  });
}
