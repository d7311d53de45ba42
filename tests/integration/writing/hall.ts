import type { WritingDesk } from './desk.svelte.ts';

/** What one person does, and what the network brings afterwards: those who are sent from, those who hear the next. */
export interface Turn {
  readonly who: number;
  readonly paste?: string;
  /** Everybody has heard everything before it. */
  readonly settled?: boolean;
  readonly send: readonly number[];
  readonly tell: readonly number[];
}

/** The window around all desks, in the browser. It gives the focus to who types next, as each has it at home. */
export interface Hall {
  begin(clients: readonly number[], beginning: readonly number[], turns: readonly Turn[]): void;
  readonly isReady: boolean;
  next(): void;
  settle(): void;
  /** How often a key found the focus elsewhere than in the text. */
  readonly lost: number;
}

declare global {
  interface Window {
    hall: Hall;
  }
}

const desks = (): WritingDesk[] => [...frames()].map((frame) => frame.contentWindow!.desk);
const frames = () => document.querySelectorAll('iframe');

let turns: readonly Turn[] = [];
let at = 0;
let size = 0;
let lost = 0;
let all: { readonly from: number; readonly update: number[] }[] = [];
let unsent: number[][][] = [];
let heard: number[] = [];

function collect(): void {
  for (let desk = 0; desk < size; desk += 1) {
    const { updates, pointing } = desks()[desk]!.take();
    unsent[desk]!.push(...updates);
    if (pointing) for (let other = 0; other < size; other += 1) if (other !== desk) desks()[other]!.see(pointing);
  }
}

function send(from: number): void {
  const update = unsent[from]!.shift();
  if (update) all.push({ from, update });
}

function tell(desk: number): void {
  const next = all[heard[desk]!];
  if (!next) return;
  heard[desk]! += 1;
  if (next.from !== desk) desks()[desk]!.hear(next.update);
}

function focus(): void {
  const turn = turns[at];
  if (turn?.settled) window.hall.settle();
  if (turn) desks()[turn.who]!.sit();
}

window.hall = {
  begin(clients, beginning, plan) {
    [turns, at, size, all, lost] = [plan, 0, clients.length, [], 0];
    unsent = clients.map(() => []);
    heard = clients.map(() => 0);
    for (const [desk, client] of clients.entries()) desks()[desk]!.begin(client, beginning);
  },
  get isReady() {
    const isReady = desks()
      .slice(0, size)
      .every((desk) => desk.isReady);
    if (isReady) focus();
    return isReady;
  },
  next() {
    const turn = turns[at];
    if (!turn) return;
    if (!desks()[turn.who]!.hasFocus) lost += 1;
    if (turn.paste !== undefined) desks()[turn.who]!.paste(turn.paste);
    collect();
    for (const from of turn.send) send(from);
    for (const desk of turn.tell) tell(desk);
    at += 1;
    focus();
  },
  get lost() {
    return lost;
  },
  settle() {
    const isOpen = () => unsent.some((list) => list.length > 0) || heard.some((count) => count < all.length);
    collect();
    for (let round = 0; isOpen(); round += 1) {
      if (round > 10_000) throw new Error('they never stop answering one another');
      for (let desk = 0; desk < size; desk += 1) {
        send(desk);
        tell(desk);
      }
      collect();
    }
  },
};
window.keyUp = () => window.hall.next();
