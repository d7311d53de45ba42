import * as encoding from 'lib0/encoding';
import * as wire from '#protocol/sync.ts';
import { presenceOf } from '../integration/attack-frames.ts';

/** Who is to be robbed: the clientID, the clock of the next word under it, and the seat. */
export interface Victim {
  readonly client: number;
  readonly clock: number;
  readonly seat: string;
}

/** The word that nobody may ever see, or find on the disk. */
export const FORGED = 'forged';

/** Updates under somebody else's clientID. */
export const THEFTS: Readonly<Record<string, (victim: Victim) => Uint8Array>> = {
  'the next word': (victim) => update([section(victim, victim.clock, [word])]),
  'the next word, as an answer': (victim) => wire.encodeStep2(bytes([section(victim, victim.clock, [word])])),
  'a word further on': (victim) => update([section(victim, victim.clock + 1_000, [word])]),
  'a word from before, anew': (victim) => update([section(victim, Math.max(0, victim.clock - 1), [word, word])]),
  'a billion clocks, as collected': (victim) => update([section(victim, victim.clock, [collected(1e9)])]),
  'a billion clocks, as deleted': (victim) => update([section(victim, victim.clock, [deleted(1e9)])]),
  'a billion clocks, skipped': (victim) => update([section(victim, victim.clock, [skipped(1e9)])]),
  'own words beside the stolen ones': (victim) =>
    update([section({ client: own() }, 0, [harmless]), section(victim, victim.clock, [word])]),
  'an id beyond 32 bits that ends as the victim’s': ({ client, clock }) =>
    update([section({ client: client + 2 ** 32 }, clock, [word])]),
};

/** Presence of somebody else, or under one's own clientID with somebody else's name. */
export const MASKS: Readonly<Record<string, (victim: Victim) => Uint8Array>> = {
  'somebody else’s state': ({ client }) => presence([{ client, clock: 99, state: { item: FORGED } }]),
  'somebody else’s end': ({ client }) => presence([{ client, clock: 99, state: 'null' }]),
  'the last clock there is': ({ client }) => presence([{ client, clock: 2 ** 53 - 1, state: { item: FORGED } }]),
  'somebody else’s name': ({ seat }) =>
    presence([{ client: own(), clock: 1, state: { seat, name: FORGED, user: { name: FORGED }, role: FORGED } }]),
  'a state of 200 KB': () => presence([{ client: own(), clock: 1, state: { item: FORGED.repeat(33_000) } }]),
  'a thousand people': ({ client }) =>
    presence(
      Array.from({ length: 1_000 }, (_, id) => ({
        client: id === 500 ? client : own(),
        clock: 9,
        state: { item: id === 0 ? 'x' : FORGED },
      })),
    ),
  'a cursor that holds more': ({ seat }) =>
    presence([
      {
        client: own(),
        clock: 1,
        state: { seat, cursor: { anchor: { tname: FORGED.repeat(20) }, head: { [FORGED]: 1 } } },
      },
    ]),
};

let ids = 0;
const own = () => 3_000_000_000 + (ids += 1);

type Write = (encoder: encoding.Encoder) => void;

const text =
  (value: string): Write =>
  (encoder) => {
    encoding.writeUint8(encoder, 4);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'text');
    encoding.writeVarString(encoder, value);
  };
const word = text(FORGED);
const harmless = text('x');
const counted =
  (info: number, length: number): Write =>
  (encoder) => {
    encoding.writeUint8(encoder, info);
    encoding.writeVarUint(encoder, length);
  };
const collected = (length: number) => counted(0, length);
const skipped = (length: number) => counted(10, length);
const deleted =
  (length: number): Write =>
  (encoder) => {
    encoding.writeUint8(encoder, 1);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'text');
    encoding.writeVarUint(encoder, length);
  };

const section =
  ({ client }: { client: number }, clock: number, structs: readonly Write[]): Write =>
  (encoder) => {
    encoding.writeVarUint(encoder, structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) struct(encoder);
  };

function bytes(sections: readonly Write[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sections.length);
  for (const write of sections) write(encoder);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

const update = (sections: readonly Write[]) => wire.encodeUpdate(bytes(sections));
const presence = (entries: Parameters<typeof presenceOf>[0]) => wire.encodeAwareness(presenceOf(entries));
