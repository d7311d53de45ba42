import { fail, redirect } from '@sveltejs/kit';
import type { Actor } from '#domain/forum/seat.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Refusal } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { shownScript } from '#lib/script/shown-script.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { shownKey } from '#protocol/shown-key.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { field } from '../../../../../field.ts';
import { readForm } from '../../../../../read-body.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_SHOWN = 20; // problems; whoever mends these tries again

export const load: PageServerLoad = async ({ locals, params }) => {
  const { forum, plan, actor } = await workshopOf(locals, params);
  const view = await locals.services.workshops.view(plan.id, actor);
  if (!view?.planning) refusePage({ kind: 'workshopUnknown' });
  const { script, steps, mayChoose } = view.planning;
  const languages = [locals.locale, ...forum.languages];
  return {
    head: mastheadOf(forum, actor.role),
    forum: { title: forum.title, language: forum.language },
    workshop: { id: plan.id, title: plan.title, startsAt: plan.startsAt },
    scripts: locals.services.scripts.library.map((one) => shownScript(one, languages)),
    now: {
      ...shownScript({ id: script?.id ?? '', title: script?.title ?? {}, steps }, languages),
      isNamed: script !== null,
    },
    chosen: script?.chosen ?? null,
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
    const chosen = await locals.services.workshops.command(plan.id, actor, { kind: 'chooseScript', script }, null);
    return chosen.ok ? redirect(303, here) : refuse(chosen.refusal);
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
    const file = form.value.get('file');
    if (!(file instanceof File) || file.size === 0) return refuseFile({ kind: 'fieldMissing', field: 'JSON' });
    const { most } = LIMITS.bytesOfScript;
    if (file.size > most) return refuseFile({ kind: 'tooLarge', most });
    const json = parsed(await file.text());
    if (json === undefined) return refuseProblems([{ path: shownKey(file.name), kind: 'json', reason: 'is no JSON' }]);
    const read = locals.services.scripts.read(json);
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
  const problems = all.slice(0, MOST_SHOWN).map(({ path, kind, values }) => ({ path, kind, values }));
  return fail(400, { refusal: null, upload: null, problems, more: all.length - problems.length });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function workshopOf(locals: App.Locals, { slug, id }: { slug: string; id: string }) {
  const { forum, seat } = await reading(locals, slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  const actor: Actor = { seatId: seat.id, role: seat.role };
  return { forum, plan, actor, here: `/forums/${forum.slug}/workshops/${plan.id}/script` };
}
