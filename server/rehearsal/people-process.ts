import { memberIn } from '#server/cli/demo/cast.ts';
import { Device } from '#server/cli/demo/device.ts';
import { facilitatorAt } from '#server/cli/demo/facilitator.ts';
import { Following } from '#server/cli/demo/following.ts';
import type { SeatAtRoom } from '#server/cli/demo/join.ts';
import type { Lead } from '#server/cli/demo/lead.ts';
import { Leading } from '#server/cli/demo/leading.ts';
import { Scene } from '#server/cli/demo/scene.ts';
import type { SimulatedPerson } from '#server/cli/demo/simulated-person.ts';
import { waitUntil } from '#server/cli/demo/wait-until.ts';
import type { AskSeat, Begin, Seated, ToPeople } from './messages.ts';

/** The process of a rehearsal's simulated people. It asks the server for each seat, and ends when the server has gone. */
const TOLD_WITHIN = 30_000; // ms for what takes well under a second when all is well

const seated = new Map<number, (seat: Seated['seat']) => void>();

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToPeople) => {
  if (message.kind === 'seated') seated.get(message.index)?.(message.seat);
  else void play(message);
});

async function play(begin: Begin): Promise<void> {
  const { languages, workshop, speed, seed, script, leader, slug } = begin;
  const people: SimulatedPerson[] = [];
  const doorWith = (cookie: string) => ({ origin: begin.origin, at: begin.at, cookie, device: new Device(begin.at) });

  async function seat(index: number): Promise<SeatAtRoom> {
    const asked: AskSeat = { kind: 'seat', index };
    const given = await new Promise<Seated['seat']>((resolve) => {
      seated.set(index, resolve);
      process.send?.(asked);
    });
    if (!given) throw new Error('there is no seat');
    return { door: doorWith(given.cookie), seat: given.id, document: given.document };
  }

  async function lead(first: SimulatedPerson): Promise<Lead> {
    if (leader !== null) {
      const door = doorWith(leader);
      const live = await facilitatorAt(door, workshop);
      return new Leading(live, door, { path: `/api/forums/${slug}/workshops/${workshop}`, speed });
    }
    await waitUntil(() => first.view !== null, TOLD_WITHIN);
    if (!first.view) throw new Error('the live channel does not answer');
    return new Following(people, first.view);
  }

  const memberAt = (index: number) => memberIn(languages, index);
  const scene = new Scene({
    ...{ count: begin.people, seed, speed, script, workshop, people, memberAt, lead },
    seat: (_member, index) => seat(index),
  });
  await scene.arrive();
  await scene.run(); // and stay, until the rehearsal is over
}
