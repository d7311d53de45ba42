import { fail } from '@sveltejs/kit';
import type { ItemId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { isId } from '#protocol/shared-value.ts';
import type { AlikeIdea, AlikeIdeas } from '#server/likeness/compare.ts';
import { field } from '../../../../../field.ts';
import { readForm } from '../../../../../read-body.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Which ideas on the boards of one workshop may say the same thing, for whoever reads them all. */
export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  const { forum, plan } = await workshopOf(locals, params);
  const state = await locals.services.workshops.state(plan.id);
  if (!state) refusePage({ kind: 'workshopUnknown' });
  const rooms = new Map(state.rooms.map(({ id, name }) => [id, name]));
  const named = (idea: AlikeIdea) => ({ ...idea, roomName: rooms.get(idea.room) ?? '' });
  const alike = await locals.services.likeness.of(state).catch((error: unknown): AlikeIdeas | null => {
    locals.services.report('ideas were not compared', error);
    return null;
  });
  setHeaders({ 'cache-control': 'no-store' });
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    isRehearsal: forum.rehearsal !== undefined,
    workshop: { id: plan.id, title: plan.title },
    alike: alike && {
      compared: alike.compared,
      isOneRoom: alike.isOneRoom,
      beyond: alike.beyond,
      pairs: alike.pairs.map(({ ideas: [one, other], shared }) => ({
        ideas: [named(one), named(other)] as const,
        shared: shared.map(({ words }) => words),
      })),
      apart: alike.apart.map(([one, other]) => [named(one), named(other)] as const),
      unread: alike.unread.map((room) => rooms.get(room) ?? ''),
    },
  };
};

export const actions: Actions = {
  keepApart: (event) => tell(event, 'keepApart'),
  takeBackApart: (event) => tell(event, 'takeBackApart'),
};

async function tell(event: RequestEvent, kind: 'keepApart' | 'takeBackApart') {
  const { locals, params } = event;
  const { plan, actor } = await workshopOf(locals, params);
  const { services } = locals;
  const seconds = services.commands.spend(actor.seatId); // of the same account as commands of the control room
  if (seconds !== null) return refuse({ kind: 'tooManyTries', seconds });
  const form = await readForm(event);
  if (!form.ok) return refuse(form.refusal);
  const [one, other] = [field(form.value, 'one'), field(form.value, 'other')];
  if (!isId(one)) return refuse({ kind: 'fieldInvalid', field: 'one', reason: 'is no id' });
  if (!isId(other)) return refuse({ kind: 'fieldInvalid', field: 'other', reason: 'is no id' });
  const command = { kind, one: one as ItemId, other: other as ItemId };
  const told = await services.workshops.command(plan.id, actor, command, null);
  return told.ok ? { refusal: null } : refuse(told.refusal);
}

const refuse = (refusal: Refusal) => fail(statusOf(refusal), { refusal });

async function workshopOf(locals: App.Locals, { slug, id }: { slug: string; id: string }) {
  const { forum, seat } = await reading(locals, slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  return { forum, plan, actor: { seatId: seat.id, role: seat.role } };
}
