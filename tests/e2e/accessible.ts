import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Not asked for: a contrast beyond what our colours are checked for (`contrast.test.ts` asks AAA of text, AA of the rest). */
const LEFT_OUT = ['color-contrast-enhanced'];

/** What every rule that axe has finds, also the experimental ones and those that are off by default. */
export async function barriers(page: Page): Promise<string[]> {
  const rules = await everyRule(page);
  const found = await (await axeIn(page)).options({ rules, resultTypes: ['violations'] }).analyze();
  const violations = await withoutHalfHidden(page, found.violations);
  const seen = ({ any }: (typeof violations)[number]['nodes'][number]) =>
    any[0]?.data ? JSON.stringify(any[0].data) : '';
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${seen(node)}`).join(' | ')}`);
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

/** Where a page happens to stand a target may lie half under a bar: it counts if it does so in the middle of the window, too. */
async function withoutHalfHidden(page: Page, violations: Violations): Promise<Violations> {
  const left: Violations = [];
  for (const violation of violations) {
    const nodes: typeof violation.nodes = [];
    for (const node of violation.nodes) {
      const isHalf = (node.any[0]?.data as { messageKey?: string } | null)?.messageKey === 'partiallyObscured';
      if (!isHalf || (await isTooSmall(page, String(node.target[0])))) nodes.push(node);
    }
    if (nodes.length > 0) left.push({ ...violation, nodes });
  }
  return left;
}

async function isTooSmall(page: Page, selector: string): Promise<boolean> {
  await page.evaluate((selector) => {
    document.querySelector(selector)?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, selector);
  const { violations } = await (await axeIn(page)).include(selector).withRules('target-size').analyze();
  return violations.length > 0;
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([]);
}

/** Half a megabyte of script, brought into a document once. */
async function axeIn(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  const builder = new AxeBuilder(isThere ? { page, axeSource: '/* is there */' } : { page });
  // Without frames there is nothing to gather in a page of its own, which takes longer than the rules.
  return builder.setLegacyMode();
}

let rules: Record<string, { enabled: boolean }> | null = null;

async function everyRule(page: Page): Promise<Record<string, { enabled: boolean }>> {
  if (rules) return rules;
  await (await axeIn(page)).analyze(); // brings it into the page
  const all = await page.evaluate(() =>
    (globalThis as unknown as { axe: { getRules(): { ruleId: string; tags: string[] }[] } }).axe
      .getRules()
      .flatMap(({ ruleId, tags }) => (tags.includes('deprecated') ? [] : [ruleId])),
  );
  return (rules = Object.fromEntries(all.map((id) => [id, { enabled: !LEFT_OUT.includes(id) }])));
}

/** What can be pressed and is smaller than `least` pixels either way; links within a sentence may be as high as it is. */
export function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [role=button]',
    );
    return [...all].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.skip, .heard')) return [];
      // for screen readers alone, who press it by its name
      if (getComputedStyle(element).clipPath === 'inset(50%)') return [];
      if (element instanceof HTMLInputElement && element.type === 'hidden') return [];
      const isInSentence =
        getComputedStyle(element).display === 'inline' && element.parentElement?.matches('p, li, dd');
      if (isInSentence && (element.parentElement?.textContent ?? '').trim() !== element.textContent?.trim()) return [];
      const area = element.matches('[type=checkbox], [type=radio]') ? (element.closest('label') ?? element) : element;
      const { width, height } = area.getBoundingClientRect();
      if (width >= least - 0.5 && height >= least - 0.5) return [];
      return [`${element.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)}`];
    });
  }, least);
}

/** Notes down what is announced from now on; a line is what is added to a live region of the announcements. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard = ((globalThis as unknown as { heard: string[] }).heard = []) as string[];
    const hear = (node: Node) => {
      if (node instanceof Element && node.parentElement?.matches('[data-announced]'))
        heard.push(node.textContent ?? '');
    };
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) hear(node);
    }).observe(document.body, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

/** What has the focus, as its role or tag with its name; `body` when nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'body';
    const labelled = element.getAttribute('aria-labelledby');
    const name = element.getAttribute('aria-label') ?? (labelled && document.getElementById(labelled)?.textContent);
    return `${element.getAttribute('role') ?? element.localName} ${(name || element.textContent || '').trim().slice(0, 60)}`;
  });
}
