import * as v from 'valibot';
import type { CommandId, ItemId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { isId } from '../shared-value.ts';
import { callCommands } from './up-calls.ts';
import { questionCommands } from './up-questions.ts';
import { reportCommands } from './up-reports.ts';
import { scriptCommands } from './up-script.ts';
import { talkCommands } from './up-talk.ts';
import { screenCommand } from './up-screen.ts';
import { room, seat, step, whole } from './up-words.ts';

const name = v.pipe(v.string(), v.maxLength(400));
const began = v.optional(whole);
const seating = v.optional(v.strictObject({ seed: whole, version: whole }));
const turn = { from: step, began, atOnce: v.optional(v.boolean()), seating };

const item = v.custom<ItemId>(isId);

/** What browsers send on the live channel: `command`, always acknowledged. */
export const commandSchema = v.variant('kind', [
  ...scriptCommands,
  v.strictObject({ kind: v.literal('takeSeat') }),
  v.strictObject({ kind: v.literal('moveSeat'), seat, room }),
  v.strictObject({ kind: v.picklist(['letChoose', 'endChoosing']) }),
  v.strictObject({ kind: v.literal('chooseRoom'), room }),
  v.strictObject({ kind: v.literal('removeSeat'), seat }),
  v.strictObject({ kind: v.literal('pinSeat'), seat }),
  v.strictObject({ kind: v.literal('unpinSeat'), seat }),
  v.strictObject({ kind: v.literal('mixRooms'), seed: whole, version: whole }),
  v.strictObject({ kind: v.literal('takeBackMix'), mix: whole }),
  v.strictObject({ kind: v.literal('openRoom'), room: v.strictObject({ id: room, name }) }),
  v.strictObject({ kind: v.literal('renameRoom'), room, name, was: v.optional(name) }),
  v.strictObject({ kind: v.literal('startStep'), step, from: v.optional(step) }),
  v.strictObject({ kind: v.picklist(['next', 'back']), ...turn }),
  v.strictObject({ kind: v.literal('keepWriting'), from: step, began }),
  v.strictObject({ kind: v.literal('takeBackTurn'), began: whole }),
  v.strictObject({
    kind: v.literal('extendStep'),
    minutes: v.picklist([1, 3]),
    room: v.optional(room),
    from: v.optional(step),
  }),
  v.strictObject({ kind: v.literal('takeBackMinutes'), added: whole }),
  v.strictObject({ kind: v.literal('setTime'), minutes: v.nullable(whole), from: step, began }),
  v.strictObject({ kind: v.picklist(['pauseStep', 'resumeStep']), from: step, began }),
  v.strictObject({ kind: v.literal('setLength'), step, minutes: v.nullable(whole) }),
  v.strictObject({ kind: v.picklist(['freezeBoards', 'unfreezeBoards']), from: step, began }),
  v.strictObject({ kind: v.literal('recallRooms'), from: step, began }),
  v.strictObject({ kind: v.literal('returnToRooms'), recall: whole }),
  v.strictObject({ kind: v.literal('nameHost'), room, seat, instead: v.optional(seat) }),
  v.strictObject({ kind: v.literal('releaseHost'), room, seat }),
  v.strictObject({ kind: v.literal('closeWorkshop') }),
  v.strictObject({ kind: v.literal('reopenWorkshop') }),
  v.strictObject({ kind: v.picklist(['keepApart', 'takeBackApart']), one: item, other: item }),
  ...callCommands,
  ...talkCommands,
  ...reportCommands,
  screenCommand,
  ...questionCommands,
]);

/** The id is the sender's own and stays the same when the command is sent again: it is applied once, and not after `until` (server's time). */
export const commandMessageSchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9-]{8,64}$/),
    v.transform((value) => value as CommandId),
  ),
  command: commandSchema,
  until: v.optional(v.pipe(v.number(), v.finite())),
});

export interface CommandMessage {
  readonly id: CommandId;
  readonly command: WorkshopCommand;
  readonly until?: number | undefined;
}

/** The answer to every command. `version` is the workshop's once the command holds. */
export type Acknowledgement = { readonly ok: true; readonly version: number } | { readonly refused: Refusal };

export interface UpEvents {
  /** The server's time, to tell from several round trips how far this device's clock is from it. */
  time(acknowledge: (now: number) => void): void;
  command(message: CommandMessage, acknowledge: (answer: Acknowledgement) => void): void;
}
