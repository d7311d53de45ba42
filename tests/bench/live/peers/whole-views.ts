import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Actor } from '#domain/forum/seat.ts';
import type { RoomId, SeatId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { view } from '#domain/workshop/view.ts';
import { LIVE_PATH } from '#protocol/live/version.ts';
import { Workshops } from '#server/live/workshops.ts';
import { aForum, MemoryStorage, WORKSHOP } from '../../../integration/live-rig.ts';
import { roomAt } from '../../hall.ts';
import { seatedAt } from '../seats.ts';

/**
 * The channel as it was before it was told by parts: everybody is sent one whole view, with the seats of all rooms, whenever anything
 * changes, and everybody's name and presence. `GATHERS`: arrivals go out as differences, together, as they did last.
 * Kind to it: nothing is stored, checked or joined.
 */
const gathers = process.env.GATHERS === 'yes';
const rooms = Array.from({ length: Number(process.env.ROOMS) }, (_, index) => ({
  id: roomAt(index),
  name: `Room ${index + 1}`,
}));
const host: Actor = { seatId: 'host00000000' as SeatId, role: 'facilitator' };
const workshops = new Workshops(new MemoryStorage(aForum(rooms)), Date.now);
const http = createServer();
const io = new Server(http, {
  path: LIVE_PATH,
  addTrailingSlash: false,
  transports: ['websocket'],
  serveClient: false,
});
const actors = new Map<Socket, Actor>();
const people = new Map<SeatId, object>();
let told = new Set<SeatId>();
let moved = new Set<SeatId>();
let named = new Set<SeatId>();
let changed = false;
let timer: NodeJS.Timeout | null = null;

await workshops.state(WORKSHOP);
for (let seat = 0; seat < Number(process.env.PEOPLE); seat += 1) {
  await workshops.takeSeat(WORKSHOP, { seatId: seatedAt(seat), role: 'participant' });
}
await workshops.command(WORKSHOP, host, { kind: 'startStep', step: stepIdAt(1) }, null);

workshops.onChange((_, events) => {
  for (const event of events ?? []) {
    if (gathers && (event.kind === 'seatTaken' || event.kind === 'seatMoved')) {
      moved.add(event.seat);
      for (const [socket, actor] of actors) if (actor.seatId === event.seat) sendAll(socket, actor);
      soon();
    } else changed = true;
  }
  if (changed) setImmediate(flush);
});

io.on('connection', (socket) => {
  const { seat, role } = socket.handshake.query as { seat: SeatId; role: Actor['role'] };
  const actor = { seatId: seat, role };
  actors.set(socket, actor);
  people.set(seat, { seatId: seat, name: `Guest ${seat}`, country: null, language: 'en', role });
  named.add(seat);
  socket.on('disconnect', () => {
    actors.delete(socket);
    soon();
  });
  socket.on('command', async ({ id, command }, acknowledge: (answer: object) => void) => {
    const done = await workshops.command(WORKSHOP, actor, command, id);
    acknowledge(done.ok ? { ok: true } : { refused: done.refusal });
  });
  void workshops.takeSeat(WORKSHOP, actor).then(() => {
    sendAll(socket, actor);
    if (gathers) return soon();
    io.emit('people', [...people.values()]);
    io.emit('present', present());
  });
});

function sendAll(socket: Socket, actor: Actor): void {
  socket.emit('view', { view: wholeView(workshops.current(WORKSHOP)!, actor), now: Date.now() });
  socket.emit('people', [...people.values()]);
  socket.emit('present', present());
}

function flush(): void {
  if (!changed) return;
  changed = false;
  const state = workshops.current(WORKSHOP)!;
  for (const [socket, actor] of actors) socket.emit('view', { view: wholeView(state, actor), now: Date.now() });
}

function soon(): void {
  if (!gathers) return;
  timer ??= setTimeout(tellGathered, 250 + actors.size);
}

function tellGathered(): void {
  timer = null;
  const state = workshops.current(WORKSHOP)!;
  const chairs = [...moved].map((seat) => [seat, state.seating.get(seat) ?? null]);
  const now = new Set(present());
  const came = [...now].filter((seat) => !told.has(seat));
  const left = [...told].filter((seat) => !now.has(seat));
  if (chairs.length > 0) io.emit('seated', { version: state.version, chairs });
  if (named.size > 0) io.emit('peopleChanged', { here: [...named].map((seat) => people.get(seat)), gone: [] });
  if (came.length + left.length > 0) io.emit('presentChanged', { came, left });
  [told, moved, named] = [now, new Set(), new Set()];
}

const present = (): SeatId[] => [...new Set([...actors.values()].map(({ seatId }) => seatId))];

function wholeView(state: WorkshopState, actor: Actor): object {
  const seats = new Map<RoomId, SeatId[]>();
  for (const [seat, room] of state.seating) seats.set(room, [...(seats.get(room) ?? []), seat]);
  const shown = view(state, actor, Date.now());
  return {
    ...shown,
    rooms: shown.rooms.map((room) => ({ ...room, seats: seats.get(room.id) ?? [] })),
  };
}

http.listen(0, '127.0.0.1', () => console.log(`ready ${(http.address() as AddressInfo).port}`));
