import { fakeHistory, sampleVersions } from './fake-history.ts';
import { test } from './fixtures.ts';
import { forumOn, takeControl } from './forum-on.ts';
const S = '/tmp/screen-shots';
test('shots', async ({ server, arrive }) => {
  const forum = await forumOn(server);
  const alyona = await arrive('Alyona', { timezoneId: 'UTC' });
  await takeControl(alyona, forum);
  const { page } = alyona;
  const href = (await page.getByRole('link', { name: 'Earlier versions of One' }).getAttribute('href')) ?? '';
  await fakeHistory(page, { mayRestore: true, versions: sampleVersions() });
  for (const [w, h] of [[360, 740],[1280, 800]] as const) for (const scheme of ['light', 'dark'] as const) for (const dir of ['ltr', 'rtl'] as const) {
    if (scheme === 'dark' && dir === 'rtl') continue;
    await page.setViewportSize({ width: w, height: h });
    await page.emulateMedia({ colorScheme: scheme });
    const name = `${w}-${scheme}-${dir}`;
    const set = () => page.evaluate((d) => { document.documentElement.dir = d; if (d === 'rtl') document.documentElement.lang = 'ur'; }, dir);
    await page.goto(href); await page.getByText('Now', { exact: true }).waitFor(); await set();
    await page.screenshot({ path: `${S}/${name}-list.png` });
    await page.getByRole('link', { name: /3 added/ }).click();
    await page.getByText('Train two teachers').waitFor(); await set();
    await page.screenshot({ path: `${S}/${name}-view.png`, fullPage: true });
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await page.screenshot({ path: `${S}/${name}-ask.png` });
    await page.getByRole('button', { name: 'Restore for everybody' }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await page.screenshot({ path: `${S}/${name}-done.png` });
    if (dir === 'rtl') continue;
    await page.goto(`${forum.workshop}`); await page.getByRole('link', { name: 'Earlier versions' }).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.screenshot({ path: `${S}/${name}-board.png` });
    await page.goto(`${forum.workshop}/control`); await page.getByRole('link', { name: 'Earlier versions of One' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${S}/${name}-control.png` });
  }
});
