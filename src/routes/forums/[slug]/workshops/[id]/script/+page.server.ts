import { fail, redirect } from '@sveltejs/kit';
import { expectedPeople, readWish } from '#domain/forum/rehearsal.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { Actor } from '#domain/forum/seat.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Refusal } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { newId } from '#lib/new-id.ts';
import { ENDED } from '#lib/rehearsal/ended.ts';
import { shownScript } from '#lib/script/shown-script.ts';
import { toldProblems, uploadedScript } from '#lib/script/uploaded.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { field } from '../../../../../field.ts';
import { readForm } from '../../../../../read-body.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
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
    rehearsal: actor.role === 'organizer' ? await rehearsalFor(locals, forum) : null,
    rehearsed:
      actor.role === 'organizer' && url.search === `?${ENDED}`
        ? { run: locals.services.rehearsals.lastOf(forum.id) }
        : null,
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

  /** A copy of the forum with simulated people; leads to its control room. */
  rehearse: async (event) => {
    const { locals, params } = event;
    const { forum, plan, actor } = await workshopOf(locals, params);
    const { account, services } = locals;
    if (!account || actor.role !== 'organizer') return refuseRehearsal({ kind: 'notAllowed' });
    const waits = mustWait(locals, actor);
    if (waits) return refuseRehearsal(waits);
    const form = await readForm(event);
    if (!form.ok) return refuseRehearsal(form.refusal);
    const [people, speed] = [field(form.value, 'people'), field(form.value, 'speed')];
    const wish = readWish({ people, speed, isByItself: field(form.value, 'byItself') === 'yes' });
    if (!wish.ok) return refuseRehearsal(wish.refusal);
    const state = await services.workshops.state(plan.id);
    if (!state) return refuseRehearsal({ kind: 'workshopUnknown' });
    const own = field(form.value, 'script');
    const script =
      own === ''
        ? services.scripts.again(state, { [forum.language]: plan.title })
        : await services.scripts.given(account.id, own);
    if (!script) return refuseRehearsal({ kind: 'scriptUnknown' });
    const asked = { ...wish.value, language: locals.locale };
    const started = await services.rehearsals.start(forum, plan, script, account, asked);
    if (!started.ok) return refuseRehearsal(started.refusal);
    const { rehearsal, workshop } = started.value;
    redirect(303, `/forums/${rehearsal.slug}/workshops/${workshop}/control`);
  },

  endRehearsal: async ({ locals, params }) => {
    const { forum, actor, here } = await workshopOf(locals, params);
    if (actor.role !== 'organizer') return refuseRehearsal({ kind: 'notAllowed' });
    const running = await locals.services.rehearsals.of(forum.id);
    if (running) await locals.services.rehearsals.end(running);
    redirect(303, `${here}?${ENDED}`);
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

/** For an organizer: what may be rehearsed with how many, or the rehearsal that runs. */
async function rehearsalFor(locals: App.Locals, forum: Forum) {
  if (!locals.account || forum.rehearsal) return null;
  const running = await locals.services.rehearsals.of(forum.id);
  const isIn = running !== null && (await locals.seatIn(running.id)) !== null;
  const workshop = running?.agenda.find(({ kind }) => kind === 'workshop');
  return {
    people: expectedPeople(forum),
    most: LIMITS.peopleOfRehearsal.most,
    isRunning: running !== null,
    hasPeople: running !== null && locals.services.rehearsals.hasPeople(running.id),
    control: running && workshop && isIn ? `/forums/${running.slug}/workshops/${workshop.id}/control` : null,
  };
}

const NOTHING_ELSE = { refusal: null, upload: null, problems: [], more: 0 };
const refuseRehearsal = (rehearsal: Refusal) => fail(statusOf(rehearsal), { ...NOTHING_ELSE, rehearsal });
const refuse = (refusal: Refusal) => fail(statusOf(refusal), { ...NOTHING_ELSE, refusal, rehearsal: null });
const refuseFile = (upload: Refusal) => fail(statusOf(upload), { ...NOTHING_ELSE, upload, rehearsal: null });
function refuseProblems(all: readonly ScriptProblem[]) {
  return fail(400, { ...NOTHING_ELSE, ...toldProblems(all), rehearsal: null });
}

async function workshopOf(locals: App.Locals, { slug, id }: { slug: string; id: string }) {
  const { forum, seat } = await reading(locals, slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  const actor: Actor = { seatId: seat.id, role: seat.role };
  return { forum, plan, actor, here: `/forums/${forum.slug}/workshops/${plan.id}/script` };
}
