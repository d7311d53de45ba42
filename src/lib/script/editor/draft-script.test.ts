import { expect, test } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';
import {
  draftOf,
  fileOf,
  mayMove,
  movedBefore,
  movedBy,
  titleOf,
  withChange,
  withCopy,
  withoutStep,
  withStep,
  type DraftScript,
} from './draft-script.ts';
import { ScriptDraft } from './script-draft.svelte.ts';

const FILE: ScriptFile = {
  script: 1,
  id: 'of-the-library',
  title: { en: 'River' },
  source: 'a book',
  steps: [
    { kind: 'arrive', minutes: null },
    { id: 'talk' as StepId, kind: 'talk', minutes: 5, settings: { topics: [{ en: 'One' }] } },
    { kind: 'talk', minutes: 6, seating: { as: 'talk' as StepId } },
    { kind: 'close', minutes: null },
  ],
};
const id = (name: string) => name as StepId;
const ids = ({ steps }: DraftScript) => steps.map((step) => step.id as string);

test('[W120] every step of a draft has an id, and what the editor does not show is kept', () => {
  const draft = draftOf(FILE);
  expect(ids(draft)).toEqual(['arrive', 'talk', 'talk-2', 'close']);
  const { id: _, ...rest } = FILE;
  expect(fileOf(draft)).toEqual({ ...rest, steps: FILE.steps.map((step, at) => ({ ...step, id: ids(draft)[at] })) });
});

test('[W120] texts that were emptied are not sent, and nothing is that is as usual', () => {
  const changed = withChange(draftOf(FILE), id('talk'), {
    title: { en: ' ', ru: 'Разговор' },
    instruction: { en: '' },
    note: ' ',
    settings: {},
  });
  const [, talk] = (fileOf(changed) as DraftScript).steps;
  expect(talk).toEqual({ id: 'talk', kind: 'talk', minutes: 5, title: { ru: 'Разговор' } });
  expect(withChange(changed, id('talk'), { settings: undefined }).steps[1]).not.toHaveProperty('settings');
});

test('[W120] a script is called as somebody writes it, in the page’s language where it has a name in that', () => {
  const titled = (title: Record<string, string>) => titleOf({ ...draftOf(FILE), title }, 'ru');
  expect(titled({ en: 'River', ru: 'Река' })).toEqual({ lang: 'ru', text: 'Река' });
  expect(titled({ en: 'River', ru: ' ' })).toEqual({ lang: 'en', text: 'River' });
  expect(titled({ en: '' })).toBeNull();
});

test('[W120] a step is moved by one or before another; what closes the whole stays last', () => {
  const draft = draftOf(FILE);
  expect(ids(movedBy(draft, id('talk'), 1))).toEqual(['arrive', 'talk-2', 'talk', 'close']);
  expect(ids(movedBy(draft, id('talk-2'), -1))).toEqual(['arrive', 'talk-2', 'talk', 'close']);
  expect(movedBy(draft, id('talk-2'), 1)).toBe(draft);
  expect([mayMove(draft, id('talk-2'), 1), mayMove(draft, id('arrive'), -1), mayMove(draft, id('close'), -1)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(ids(movedBefore(draft, id('arrive'), null))).toEqual(['talk', 'talk-2', 'arrive', 'close']);
  expect(ids(movedBefore(draft, id('talk-2'), id('arrive')))).toEqual(['talk-2', 'arrive', 'talk', 'close']);
  expect(movedBefore(draft, id('close'), id('arrive'))).toBe(draft);
  expect(movedBefore(draft, id('none'), id('arrive'))).toBe(draft);
});

test('[W120] a step is put in after another one, copied and taken out, and who sat as in it stays', () => {
  const draft = draftOf(FILE);
  const [more, added] = withStep(draft, 'draft', id('arrive'));
  expect([added, ids(more)]).toEqual(['draft', ['arrive', 'draft', 'talk', 'talk-2', 'close']]);
  expect(ids(withStep(draft, 'vote', null)[0])).toEqual(['arrive', 'talk', 'talk-2', 'vote', 'close']);
  expect(ids(withStep(draft, 'vote', id('close'))[0]).at(-1)).toBe('close');
  const [twice, copied] = withCopy(draft, id('talk'));
  expect([copied, ids(twice)]).toEqual(['talk-3', ['arrive', 'talk', 'talk-3', 'talk-2', 'close']]);
  expect(twice.steps[2]).toEqual({ ...draft.steps[1], id: 'talk-3' });
  const less = withoutStep(draft, id('talk'));
  expect([ids(less), less.steps[1]]).toEqual([
    ['arrive', 'talk-2', 'close'],
    { id: 'talk-2', kind: 'talk', minutes: 6 },
  ]);
});

test('[W120] each change has a way back and forth; letters of one field are one change', () => {
  const draft = new ScriptDraft(draftOf(FILE));
  const first = draft.script;
  for (const en of ['R', 'Ri', 'Riv']) draft.change({ ...draft.script, title: { en } }, 'title.en');
  draft.change(withoutStep(draft.script, id('talk')));
  const last = draft.script;
  expect([draft.isChanged, draft.mayUndo, draft.mayRedo]).toEqual([true, true, false]);
  draft.undo();
  expect([draft.script.title, ids(draft.script).length]).toEqual([{ en: 'Riv' }, 4]);
  draft.undo();
  expect([draft.script, draft.isChanged, draft.mayUndo]).toEqual([first, false, false]);
  draft.undo();
  draft.redo();
  draft.redo();
  expect([draft.script, draft.mayRedo]).toEqual([last, false]);
  draft.undo();
  draft.change({ ...draft.script, title: { en: 'Lake' } });
  expect(draft.mayRedo).toBe(false);
});
