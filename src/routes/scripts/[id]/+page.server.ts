import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { draftOf } from '#lib/script/editor/draft-script.ts';
import { hallsOf } from '#lib/script/halls.server.ts';
import { sentScript, toldProblems } from '#lib/script/uploaded.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { field } from '../../field.ts';
import { readForm } from '../../read-body.ts';
import { refusePage } from '../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { account, services } = locals;
  if (!account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { own } = services.scripts;
  const kept = await own.one(account.id, params.id);
  const script = kept ?? (await own.of(account.id)).removed.find(({ id }) => id === params.id);
  if (!script) refusePage({ kind: 'scriptUnknown' });
  return {
    id: script.id,
    stored: { version: script.version, script: draftOf(script.script), isGone: !kept },
    halls: await hallsOf(locals, account.id),
  };
};

export const actions: Actions = {
  save: async (event) => {
    const { account, services } = event.locals;
    if (!account) return refuse({ kind: 'notAllowed' });
    const { own } = services.scripts;
    const { id } = event.params;
    if (!(await own.one(account.id, id))) return refuse({ kind: 'scriptUnknown' });
    const sent = await sentTo(event);
    if ('refused' in sent) return sent.refused;
    const { form, json } = sent;
    const saved = await own.save(account.id, id, Number(field(form, 'was')), json);
    if ('saved' in saved) return { version: saved.saved.version };
    if ('problems' in saved) return refuseProblems(saved.problems);
    if (saved.refusal.kind !== 'scriptSavedElsewhere') return refuse(saved.refusal);
    const now = await own.one(account.id, id);
    if (!now) return refuse({ kind: 'scriptUnknown' });
    return fail(409, { ...NONE, stored: { version: now.version, script: draftOf(now.script) } });
  },

  /** As another one, when the one that it was is gone. */
  saveAsNew: async (event) => {
    const { account, services } = event.locals;
    if (!account) return refuse({ kind: 'notAllowed' });
    const sent = await sentTo(event);
    if ('refused' in sent) return sent.refused;
    const added = await services.scripts.own.add(account.id, sent.json, field(sent.form, 'form'));
    if ('saved' in added) return { id: added.saved.id, version: added.saved.version };
    return 'problems' in added ? refuseProblems(added.problems) : refuse(added.refusal);
  },
};

async function sentTo(event: RequestEvent) {
  const form = await readForm(event);
  if (!form.ok) return { refused: refuse(form.refusal) };
  const sent = sentScript(field(form.value, 'script'));
  if ('refusal' in sent) return { refused: refuse(sent.refusal) };
  if ('problems' in sent) return { refused: refuseProblems(sent.problems) };
  return { form: form.value, json: sent.json };
}

const NONE = { refusal: null, told: null, stored: null };
const refuse = (refusal: Refusal) => fail(statusOf(refusal), { ...NONE, refusal });
const refuseProblems = (all: readonly ScriptProblem[]) => fail(400, { ...NONE, told: toldProblems(all) });
