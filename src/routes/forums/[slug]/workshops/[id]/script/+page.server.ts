import { fail, redirect } from '@sveltejs/kit';
import type { Actor } from '#domain/forum/seat.ts';
import type { Refusal } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { newId } from '#lib/new-id.ts';
import { shownScript } from '#lib/script/shown-script.ts';
import { toldProblems, uploadedScript } from '#lib/script/uploaded.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { field } from '../../../../../field.ts';
import { readForm } from '../../../../../read-body.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { forum, plan, actor } = await workshopOf(locals, params);
  const view = await locals.services.workshops.view(plan.id, actor);
  if (!view?.planning) refusePage({ kind: 'workshopUnknown' });
  const { script, steps, mayChoose } = view.planning;
  const languages = [locals.locale, ...forum.languages];
  const own = locals.account ? (await locals.services.scripts.own.of(locals.account.id)).kept : [];
  return {
    own: own.map(({ id, script: file }) => shownScript({ ...file, id }, languages)),
    mayKeep: locals.account !== null,
    head: mastheadOf(forum, actor.role),
    forum: { title: forum.title, language: forum.language },
    workshop: { id: plan.id, title: plan.title, startsAt: plan.startsAt },
    scripts: locals.services.scripts.library.map((one) => shownScript(one, languages)),
    now: {
      ...shownScript({ id: script?.id ?? '', title: script?.title ?? {}, steps }, languages),
      isNamed: script !== null,
    },
    chosen: script?.chosen ?? null,
    form: newId(),
    mayChoose,
  };
};

export const actions: Actions = {
  choose: async (event) => {
    const { locals, params } = event;
    const { plan, actor, here } = await workshopOf(locals, params);
    const waits = mustWait(locals, actor);
    if (waits) return refuse(waits);
    const form = await readForm(event);
    if (!form.ok) return refuse(form.refusal);
    const script = field(form.value, 'script');
    const { account, services } = locals;
    const given = account && (await services.scripts.given(account.id, script));
    const command = { kind: 'chooseScript', script } as const;
    const chosen = await services.workshops.command(plan.id, actor, command, null, given);
    return chosen.ok ? redirect(303, here) : refuse(chosen.refusal);
  },

  /** Into the library of whoever asks, to be used again. */
  keep: async (event) => {
    const { locals, params } = event;
    const { forum, plan, actor } = await workshopOf(locals, params);
    const { account, services } = locals;
    if (!account) return refuse({ kind: 'notAllowed' });
    const waits = mustWait(locals, actor);
    if (waits) return refuse(waits);
    const form = await readForm(event);
    if (!form.ok) return refuse(form.refusal);
    const state = await services.workshops.state(plan.id);
    if (!state) return refuse({ kind: 'workshopUnknown' });
    const file = services.scripts.file(state, { [forum.language]: plan.title });
    const kept = await services.scripts.own.add(account.id, file, field(form.value, 'form'));
    if ('problems' in kept) return refuseProblems(kept.problems);
    return 'saved' in kept ? redirect(303, `/scripts/${kept.saved.id}`) : refuse(kept.refusal);
  },

  takeBack: async (event) => {
    const { locals, params } = event;
    const { plan, actor, here } = await workshopOf(locals, params);
    const waits = mustWait(locals, actor);
    if (waits) return refuse(waits);
    const form = await readForm(event);
    if (!form.ok) return refuse(form.refusal);
    const chosen = Number(field(form.value, 'chosen'));
    const back = await locals.services.workshops.command(plan.id, actor, { kind: 'takeBackScript', chosen }, null);
    return back.ok ? redirect(303, here) : refuse(back.refusal);
  },

  upload: async (event) => {
    const { locals, params } = event;
    const { plan, actor, here } = await workshopOf(locals, params);
    const waits = mustWait(locals, actor);
    if (waits) return refuseFile(waits);
    const form = await readForm(event);
    if (!form.ok) return refuseFile(form.refusal);
    const file = await uploadedScript(form.value);
    if ('refusal' in file) return refuseFile(file.refusal);
    const read = 'problems' in file ? file : locals.services.scripts.read(file.json);
    if ('problems' in read) return refuseProblems(read.problems);
    const command = { kind: 'chooseScript', script: null } as const;
    const chosen = await locals.services.workshops.command(plan.id, actor, command, null, read.given);
    return chosen.ok ? redirect(303, here) : refuseFile(chosen.refusal);
  },
};

/** Commands from this page are of the same account as those of the control room. */
function mustWait({ services }: App.Locals, { seatId }: Actor): Refusal | null {
  const seconds = services.commands.spend(seatId);
  return seconds === null ? null : { kind: 'tooManyTries', seconds };
}

const refuse = (refusal: Refusal) => fail(statusOf(refusal), { refusal, upload: null, problems: [], more: 0 });
const refuseFile = (upload: Refusal) => fail(statusOf(upload), { refusal: null, upload, problems: [], more: 0 });
function refuseProblems(all: readonly ScriptProblem[]) {
  return fail(400, { refusal: null, upload: null, ...toldProblems(all) });
}

async function workshopOf(locals: App.Locals, { slug, id }: { slug: string; id: string }) {
  const { forum, seat } = await reading(locals, slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  const actor: Actor = { seatId: seat.id, role: seat.role };
  return { forum, plan, actor, here: `/forums/${forum.slug}/workshops/${plan.id}/script` };
}
