import { expectAccessible, focused, listen } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { beginWriting, forumOn, takeControl, takeSeat } from './forum-on.ts';
import { addIdea } from './ideas.ts';

const AGENDA = [
  { kind: 'workshop', title: 'Recommendations', question: 'What do we do together?', rooms: [{ name: 'Walnut' }] },
];

test('[B96] [B97] [B99] [B100] [B101] the whole of a board by ear and by keyboard', async ({ server, arrive }) => {
  const forum = await forumOn(server, { agenda: AGENDA });
  const organizer = await arrive('Alyona');
  await takeControl(organizer, forum);
  const { page } = await arrive('Aida');

  await test.step('a seat is taken', async () => {
    await page.goto(`/join/${forum.joinCode}`);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "A forum" [level=1]
        - textbox "Your name"
        - combobox "Country (if you like)"
        - textbox "Organisation (if you like)"
        - combobox "You will write in"
        - paragraph: Names are listed in the outcome document.
        - button "Take your seat"
    `);
    await expect(page.getByLabel('Your name')).toBeFocused();
    await page.keyboard.type('Aida');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/workshops\//);
  });

  const bolat = await takeSeat(await arrive('Bolat'), forum);
  const listening = performance.now();
  const heard = await listen(page);
  const hears = (line: RegExp) =>
    expect.poll(async () => (await heard()).join('\n')).toMatch(new RegExp(line.source, 'm'));
  const isAt = (words: RegExp) => expect.poll(() => focused(page)).toMatch(words);

  await test.step('the step begins: its name, its time and its task', async () => {
    await expect(page.getByText('The workshop has not started yet.')).toBeVisible();
    await beginWriting(organizer);
    await hears(/^Now: Write together\. 30 minutes\. What do we do together\?$/);
    await organizer.page.getByRole('button', { name: '+3 minutes' }).click();
    await hears(/^3 more minutes: (2[5-9]|3[0-3]) minutes left\.$/);
    await bolat.page.reload();
    await expect(bolat.page.getByText(/^Now: Write together\. (2[5-9]|3[0-3]) minutes\.$/)).toBeAttached(); // who arrives
  });

  await test.step('the task is one key away, the field another', async () => {
    await isAt(/^h1 What do we do together/); // who comes from the door begins there
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    await isAt(/^h1 What do we do together/);
    await page.keyboard.press('n');
    await isAt(/^textarea Your idea/);
    for (const text of ['More teachers for mountain schools', 'Fewer forms']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    }
    await hears(/^Added as idea 2\.$/);
    await isAt(/^textarea Your idea/);
    await hears(/^Everything is saved\.$/);
  });

  await test.step('others are heard in a digest', async () => {
    for (const text of ['Better roads', 'Clean water']) await addIdea(bolat, text);
    await hears(/2 new ideas by Bolat\./);
  });

  await test.step('a theme is added, and the focus is where it was', async () => {
    await page.getByRole('button', { name: 'New theme' }).press('Enter');
    await page.keyboard.type('Schools');
    await page.keyboard.press('Enter');
    await hears(/^Theme Schools added\.$/);
    await isAt(/^button New theme/);
  });

  await test.step('the board reads in order: where, how long, who, saved, the themes, the task, what is there, one’s own field', async () => {
    await expect(page.locator('body')).toMatchAriaSnapshot(`
      - link "Skip to the content"
      - main:
        - group "Step, time and what is saved":
          - link "A forum"
          - 'img "Step 2 of 3: Write together"'
          - button "Write together · Walnut Menu"
          - button "Finished? Help?"
          - timer /^[23]\\d minutes( and \\d+ seconds?)? left$/
          - list "2 people here":
            - listitem: Aida
            - listitem: Bolat
          - button "Keys and announcements"
          - button "Undo"
          - button "Redo" [disabled]
          - paragraph: Saved
        - navigation "Themes":
          - list:
            - listitem:
              - link "1 Schools 0 items"
            - listitem:
              - link "Without a theme 4 items"
        - button "New theme"
        - heading "What do we do together?" [level=1]
        - region "1 Schools":
          - heading "1 Schools" [level=2]
          - button "Move or remove the theme Schools"
          - paragraph: Nothing here yet.
          - textbox "Add a recommendation to Schools"
        - region "Without a theme"
        - combobox "Goes to"
        - textbox "Your idea"
        - button "Add idea"
        - complementary:
          - region "On an item"
    `);
  });

  const ideas = page.getByRole('group', { name: /^Idea \d/ });
  await test.step('ideas are called by their words; one is edited, moved and merged', async () => {
    await expect(page.getByRole('region', { name: 'Without a theme' })).toMatchAriaSnapshot(`
      - heading "Without a theme" [level=2]
      - list:
        - listitem:
          - 'group "Idea 1: More teachers for mountain schools"'
        - listitem:
          - 'group "Idea 2: Fewer forms"'
        - listitem:
          - 'group "Idea 3: Better roads"'
        - listitem:
          - 'group "Idea 4: Clean water"'
    `);
    await ideas.first().focus();
    await page.keyboard.press('Enter');
    await isAt(/^textbox Text of idea 1/);
    await page.keyboard.type(' now');
    await page.keyboard.press('Escape');
    await isAt(/^group Idea 1: More teachers for mountain schools now/);
    await page.keyboard.press('Alt+ArrowDown');
    await hears(/^Moved to 2 of 4 in Without a theme\.$/);
    await isAt(/^group Idea 2: More teachers/);
    await page.keyboard.press('m');
    await hears(/^Choose the item that idea 2 “More teachers/);
    await page.keyboard.press('ArrowUp');
    await isAt(/^group Idea 1: Fewer forms/);
    await page.keyboard.press('Enter');
    await isAt(/^group Idea 1: Fewer forms/);
    await expect(ideas.first()).toMatchAriaSnapshot(`
      - 'group "Idea 1: Fewer forms"':
        - paragraph: Fewer forms
        - group: 1 text merged in
        - button "Agree"
        - button "Question"
        - button "Heart"
        - button "Comment on idea 1 “Fewer forms”"
        - button "Move, merge or remove idea 1 “Fewer forms”"
        - button "Edit idea 1 “Fewer forms”"
    `);
    const merged = 'Merged: idea 2 “More teachers for mountain schools now” is now part of idea 1 “Fewer forms”.';
    await expect(page.locator('.toast').filter({ hasText: merged })).toHaveCount(1);
    expect(await heard()).not.toContainEqual(merged); // the note is heard by itself
  });

  await test.step('a comment, undo and the status, without leaving the keyboard', async () => {
    await page.keyboard.press('c');
    await page.keyboard.type('now who pays?', { delay: 80 }); // at once: no letter of it is a command
    await isAt(/^textarea Write a comment/);
    await page.keyboard.press('Control+Enter');
    await hears(/^Comment added\.$/);
    await expect(page.getByRole('complementary')).toMatchAriaSnapshot(`
      - complementary:
        - region "Comments on idea 1 “Fewer forms”":
          - heading "Comments on idea 1 “Fewer forms”" [level=2]
          - button "Close the comments"
          - paragraph: Fewer forms
          - list:
            - /children: equal
            - listitem:
              - /children: equal
              - paragraph:
                - /children: equal
                - text: Aida
                - time
                - button "Delete your comment"
              - paragraph: now who pays?
          - textbox "Write a comment"
    `);
    await isAt(/^textarea Write a comment/);
    await page.keyboard.press('Escape');
    await isAt(/^group Idea 1: Fewer forms/);
    await page.keyboard.press('Control+z');
    await expect(page.locator('.toast').filter({ hasText: 'Undone: ' })).toHaveCount(1); // heard by itself
    await expect(page.locator('[data-state=saved]')).toBeVisible();
    await page.keyboard.press('F8');
    await hears(
      /^Saved\. Step 2 of 3: Write together\. [23]\d minutes( and .*)? left\. Walnut\. 2 people here: Aida, Bolat\.$/,
    );
    await isAt(/^group Idea 1: Fewer forms/);
  });

  await test.step('the help says all keys and closes to where one was', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys and announcements' })).toMatchAriaSnapshot(`
      - dialog:
        - group "Announcements for screen readers":
          - radio [checked]
        - region "On an item":
          - heading "On an item" [level=3]
          - term: ↑ ↓
          - definition: Go up and down
        - region "While you write in an item"
        - checkbox "Keys that are single letters" [checked]
    `);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await isAt(/^group Idea 1: Fewer forms/);
  });

  await test.step('merged away, deleted and commented on by others: told at once, and the focus stays on the board', async () => {
    const his = bolat.page.getByRole('group', { name: /^Idea \d: Fewer forms/ });
    await his.focus();
    await bolat.page.keyboard.press('m');
    await bolat.page.getByRole('group', { name: /^Idea \d: Better roads/ }).press('Enter');
    await hears(/^Bolat merged your idea 1 “Fewer forms” into idea 2 “Better roads”\.$/);
    await isAt(/^group Idea 1: Better roads/);
    await bolat.page.getByRole('group', { name: /^Idea \d: Better roads/ }).press('Delete');
    await expect(page.getByRole('group', { name: /^Idea \d: Better roads/ })).toHaveCount(0);
    await isAt(/^group Idea /);
  });

  await test.step('the last item goes, and the field for ideas has the focus', async () => {
    // What was merged into an item comes out of it when it goes.
    for (let most = 10; most > 0 && (await ideas.count()) > 0; most -= 1) {
      await ideas.last().press('Delete');
      await expect.poll(() => focused(page)).toMatch(/^(group Idea|textarea Your idea)/);
    }
    await expect(ideas).toHaveCount(0);
    await isAt(/^textarea Your idea/);
  });

  await test.step('nobody heard more than a digest in ten seconds beside what concerned them', async () => {
    const digests = (await heard()).filter((line) => /new idea|being edited|items? (moved|merged|deleted)/.test(line));
    expect(digests.length).toBeLessThanOrEqual(2 + (performance.now() - listening) / 10_000);
    expect(new Set(await heard()).size).toBeGreaterThan(8);
  });

  await test.step('the end of writing takes the buttons and not the focus', async () => {
    await organizer.page.getByRole('button', { name: 'Next: Close' }).click();
    await organizer.page.getByRole('button', { name: 'Give them 30 seconds' }).click();
    await hears(/^Time is up\. Writing closes in (30|2\d) seconds: finish your sentence\.$/);
    await organizer.page.getByRole('button', { name: 'End now' }).click();
    await hears(/^Now: Close\./);
    await expect(page.getByRole('button', { name: 'Add idea' })).toHaveCount(0);
    await isAt(/^textarea Your idea/);
    await page.keyboard.type(' c m ');
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toHaveValue(''); // no words that go nowhere
    await expect(page.getByRole('dialog')).toHaveCount(0); // and no commands
    await page.keyboard.press('Shift+Tab'); // the field goes when it is left, and the focus has a place all the same
    await expect(page.getByRole('textbox', { name: 'Your idea' })).toHaveCount(0);
    await expect.poll(() => focused(page)).not.toMatch(/^body/);
  });
});
