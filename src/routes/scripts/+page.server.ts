import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { newId } from '#lib/new-id.ts';
import { newScript } from '#lib/script/new-script.ts';
import { shownScript } from '#lib/script/shown-script.ts';
import { toldProblems, uploadedScript } from '#lib/script/uploaded.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import type { Unsaved } from '#server/script/own-scripts.ts';
import { field } from '../field.ts';
import { readForm } from '../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { account, services } = locals;
  if (!account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { kept, removed } = await services.scripts.own.of(account.id);
  const languages = [locals.locale];
  return {
    own: kept.map(({ id, script, changedAt }) => ({ ...shownScript({ ...script, id }, languages), changedAt })),
    removed: removed.map(({ id, script, changedAt }) => {
      const { title } = shownScript({ ...script, id }, languages);
      return { id, title, changedAt };
    }),
    library: services.scripts.library.map((one) => shownScript(one, languages)),
    form: newId(),
  };
};

export const actions: Actions = {
  begin: async (event) => {
    const { scripts, account, form } = await asked(event);
    if (!form.ok) return refuse(form.refusal);
    const begun = await scripts.add(account, newScript(event.locals.locale), field(form.value, 'form'));
    return 'saved' in begun ? opened(begun.saved.id) : refuseUnsaved(begun);
  },

  copy: async (event) => {
    const { scripts, account, form } = await asked(event);
    if (!form.ok) return refuse(form.refusal);
    const copied = await scripts.copy(account, field(form.value, 'script'), field(form.value, 'form'));
    return 'saved' in copied ? opened(copied.saved.id) : refuseUnsaved(copied);
  },

  upload: async (event) => {
    const { scripts, account, form } = await asked(event);
    if (!form.ok) return refuseFile(form.refusal);
    const file = await uploadedScript(form.value);
    if ('refusal' in file) return refuseFile(file.refusal);
    if ('problems' in file) return refuseProblems(file.problems);
    const added = await scripts.add(account, file.json, field(form.value, 'form'));
    if ('saved' in added) return opened(added.saved.id);
    return 'problems' in added ? refuseProblems(added.problems) : refuseFile(added.refusal);
  },

  remove: async (event) => {
    const { scripts, account, form } = await asked(event);
    if (!form.ok) return refuse(form.refusal);
    const id = field(form.value, 'script');
    const removed = await scripts.remove(account, id);
    return removed.ok ? { removed: id } : refuse(removed.refusal);
  },

  bringBack: async (event) => {
    const { scripts, account, form } = await asked(event);
    if (!form.ok) return refuse(form.refusal);
    const id = field(form.value, 'script');
    const back = await scripts.bringBack(account, id);
    return back.ok ? { back: id } : refuse(back.refusal);
  },
};

/** Only who is signed in is read. */
async function asked(event: RequestEvent) {
  const { account, services } = event.locals;
  if (!account) redirect(303, '/sign-in?next=/scripts');
  return { scripts: services.scripts.own, account: account.id, form: await readForm(event) };
}

const opened = (id: string): never => redirect(303, `/scripts/${id}`);

const NONE = { refusal: null, upload: null, problems: [], more: 0 };
const refuse = (refusal: Refusal) => fail(statusOf(refusal), { ...NONE, refusal });
const refuseFile = (upload: Refusal) => fail(statusOf(upload), { ...NONE, upload });
const refuseProblems = (all: readonly ScriptProblem[]) => fail(400, { ...NONE, ...toldProblems(all) });
const refuseUnsaved = (unsaved: Unsaved) =>
  'refusal' in unsaved ? refuse(unsaved.refusal) : refuseProblems(unsaved.problems);
