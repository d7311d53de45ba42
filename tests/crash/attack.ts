import { connect, type Socket } from 'node:net';
import type { Seeded } from '../faults/seeded.ts';
import type { Malformed } from './malformed.ts';

/** The moment at which the connection is reset, in the order in which they come; `no` waits for the answer. */
const MOMENTS = [
  'no',
  'no',
  'no',
  'connected',
  'insideHeader',
  'afterHeader',
  'insideBody',
  'sent',
  'soonAfter',
  'answered',
] as const;
export type Moment = (typeof MOMENTS)[number];

const PATIENCE = 120; // ms for an answer that may never come
const SOON = 3; // ms: a seat is being looked up

/** Sends one malformed request, or begins to, and resets or leaves. Resolves with the moment and the first line of the answer. */
export function attack(
  port: number,
  { bytes, headerEnd }: Malformed,
  random: Seeded,
): Promise<readonly [Moment, string]> {
  const moment = MOMENTS[random.between(0, MOMENTS.length - 1)]!;
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    const leave = () => socket.destroy();
    const reset = () => void socket.resetAndDestroy();
    const late = setTimeout(leave, PATIENCE);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve([moment, answer.split('\r\n', 1)[0] ?? '']);
    });
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1').slice(0, 200 - answer.length);
      if (moment === 'answered') reset();
    });
    socket.once('connect', () => begin(socket, moment, { bytes, headerEnd, reset, random }));
  });
}

function begin(
  socket: Socket,
  moment: Moment,
  { bytes, headerEnd, reset, random }: { bytes: Buffer; headerEnd: number; reset: () => void; random: Seeded },
): void {
  const part = (from: number, to: number) => bytes.subarray(0, random.between(from, Math.max(from, to)));
  switch (moment) {
    case 'connected':
      return reset();
    case 'insideHeader':
      return void socket.write(part(1, headerEnd - 1), reset);
    case 'afterHeader':
      return void socket.write(bytes.subarray(0, headerEnd), reset);
    case 'insideBody':
      return void socket.write(part(headerEnd, bytes.length), reset);
    case 'sent':
      return void socket.write(bytes, reset);
    case 'soonAfter':
      return void socket.write(bytes, () => setTimeout(reset, random.between(0, SOON)));
    case 'no':
    case 'answered':
      return void socket.write(bytes);
  }
}
