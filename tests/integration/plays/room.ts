import type { PersonsWindow } from './person.svelte.ts';
import type { Deed, Played, Run, Turn } from './turn.ts';

/** The window around everybody's. It gives the keys to who is next, carries what they write, and looks at what their hands meet. */
export interface Room {
  begin(clients: readonly number[], beginning: readonly number[], item: string, turns: readonly Turn[]): void;
  /** A person's window. */
  open(who: number): void;
  /** A key goes down in somebody's window: whether it means something where they are. */
  press(person: PersonsWindow): boolean;
  /** It went up. */
  next(person: PersonsWindow): void;
  /** Brings back what was deleted under somebody's hands, until everybody has everything. */
  end(): Promise<Played>;
  readonly now: number;
}

declare global {
  interface Window {
    room: Room;
  }
}

const windows: Window[] = [];
let people: PersonsWindow[] = [];
let turns: readonly Turn[] = [];
let at = 0;
let now = 1_700_000_000_000;
let all: { readonly from: number; readonly update: Uint8Array }[] = [];
let unsent: Uint8Array[][] = [];
let heard: number[] = [];
/** Where others point, as somebody has not seen it yet. */
let pointed: Map<number, Uint8Array>[] = [];
let wasWriting: boolean[] = [];
/** Whose focus was on the body a moment ago. */
const isLost = new Set<number>();
let runs: Run[] = [];
let current: (Run | null)[] = [];
/** Where the caret stood in which words, before a key, and what the items said. */
let stood = '';
let said: PersonsWindow['words'] = {};
let erased = '';
let wrong: string[] = [];

function collect(): void {
  for (const [who, person] of people.entries()) {
    const { updates, pointing } = person.take();
    unsent[who]!.push(...updates);
    if (!pointing) continue;
    for (const other of people.keys()) if (other !== who) pointed[other]!.set(who, pointing);
  }
}

function send(from: number): void {
  const update = unsent[from]!.shift();
  if (update) all.push({ from, update });
}

function tell(who: number): void {
  for (const pointing of pointed[who]!.values()) people[who]!.see(pointing);
  pointed[who]!.clear();
  const next = all[heard[who]!];
  if (!next) return;
  heard[who]! += 1;
  if (next.from !== who) people[who]!.hear(next.update);
}

function settle(): void {
  const isOpen = () => unsent.some((list) => list.length > 0) || heard.some((count) => count < all.length);
  collect();
  for (let round = 0; isOpen(); round += 1) {
    if (round > 10_000) throw new Error('they never stop answering one another');
    for (const who of people.keys()) {
      send(who);
      tell(who);
    }
    collect();
  }
}

function turnTo(): void {
  const turn = turns[at];
  if (!turn) return;
  now += turn.pause;
  if (turn.settled) settle();
}

const SOON = 100; // ms; a page puts the focus elsewhere once it sees that it is lost
const LOOKS = 30; // a busy machine sees it late

/** Anybody's focus, whoever did something. */
function lookAtFocus(): void {
  for (const [who, person] of people.entries()) {
    if (person.focus !== 'body' || isLost.has(who)) continue;
    isLost.add(who);
    lookAgain(who, at, LOOKS);
  }
}

function lookAgain(who: number, turn: number, left: number): void {
  setTimeout(() => {
    const isStillLost = people[who]?.focus === 'body';
    if (isStillLost && left > 0) {
      lookAgain(who, turn, left - 1);
      return;
    }
    isLost.delete(who);
    if (isStillLost) wrong.push(`turn ${turn}: the focus of ${who} is on the body`);
  }, SOON);
}

const isWriting = ({ focus }: PersonsWindow): boolean => focus === 'text' || focus === 'early';

/** Whether a person is where a deed can be done. */
function canDo(deed: Deed, person: PersonsWindow): boolean {
  switch (deed.kind) {
    case 'type':
      return isWriting(person);
    case 'leave':
      // who closes what others deleted gives its words up in the end
      return person.focus === 'text' && !isKept(person);
    case 'walk':
      return person.focus === 'item';
    case 'undo':
    case 'bringBack':
      return true;
    default:
      return person.focus === 'text';
  }
}

const isKept = ({ item, words }: PersonsWindow): boolean => words[item] === undefined;

function write(turn: Turn, person: PersonsWindow): void {
  const { who, deed } = turn;
  const [left, right] = person.focus === 'text' ? person.beside : ['', ''];
  const part = () => {
    if (left === '' || right === '') return;
    for (const run of runs) {
      if (run !== current[who] && run.letters.includes(left) && run.letters.includes(right)) run.parted += right;
    }
  };
  const add = (letters: string) => {
    part();
    const { item } = person.focus === 'text' ? person : { item: '' };
    const isGone = item !== '' && people.some(({ words }) => words[item] === undefined);
    let run = current[who] ?? null;
    if (!run || run.item !== item || run.isGone !== isGone)
      runs.push((run = { who, item, isGone, letters: '', parted: '', isUndone: false }));
    run.letters += letters;
    current[who] = run;
  };
  switch (deed.kind) {
    case 'type':
      return add(deed.letters);
    case 'paste':
      for (const line of deed.lines) {
        // several come on lines of their own
        if (deed.lines.length > 1) current[who] = null;
        add(line);
      }
      return person.paste(deed.lines.map((line) => `${deed.list}${line}`).join('\n'));
    case 'erase':
      if (left !== '') erased += left;
      break;
    case 'split':
      part();
      break;
    case 'point':
      person.point(deed.words);
      person.lookAtCaret();
      break;
    case 'undo':
      for (const run of runs) if (run.who === who) run.isUndone = true;
      break;
    case 'bringBack':
      person.bringBack();
      break;
  }
}

/** Somebody deleted an item: what they had not heard of can only come, as something new, into one that is brought back. */
function takeAway(item: string, words: string): void {
  for (const run of [...runs]) {
    const at = [...run.letters].findIndex((letter) => !words.includes(letter) && !erased.includes(letter));
    if (run.item !== item || at < 0) continue;
    const rest = { ...run, letters: run.letters.slice(at), isGone: true };
    run.letters = run.letters.slice(0, at);
    runs.push(rest);
    if (current[run.who] === run) current[run.who] = rest;
  }
}

/** Whether what somebody types next does not go on with what they typed last, as they see it. */
function hasLeft({ who, deed }: Turn, person: PersonsWindow): boolean {
  switch (deed.kind) {
    case 'type':
      return false;
    case 'paste':
      // behind several lines the rest of the paragraph goes on, on a line of its own
      return deed.lines.length > 1 && person.beside[0] !== current[who]?.letters.at(-1);
    case 'list':
      return true;
    default:
      return person.stand !== stood;
  }
}

window.room = {
  open(who) {
    windows[who] = open('/person', `person-${who}`, 'width=500,height=300')!;
  },
  begin(clients, beginning, item, plan) {
    people = windows.slice(0, clients.length).map(({ person }) => person);
    [turns, at, all, runs, erased, wrong] = [plan, 0, [], [], '', []];
    unsent = clients.map(() => []);
    heard = clients.map(() => 0);
    pointed = clients.map(() => new Map());
    wasWriting = clients.map(() => false);
    current = clients.map(() => null);
    for (const [who, client] of clients.entries()) people[who]!.begin(client, beginning, item);
    turnTo();
  },
  press(person) {
    const turn = turns[at]!;
    if (person !== people[turn.who]) throw new Error('not their turn');
    if (wasWriting[turn.who] && !isWriting(person))
      wrong.push(`turn ${at}: ${turn.who} was writing, and the focus is on: ${person.focus}`);
    if (!canDo(turn.deed, person)) return false;
    [stood, said] = [person.stand, person.words];
    write(turn, person);
    return true;
  },
  next(person) {
    const turn = turns[at];
    if (!turn) return;
    if (turn.deed.kind === 'caret') person.lookAtCaret();
    for (const item of Object.keys(said)) if (person.words[item] === undefined) takeAway(item, said[item]!);
    if (hasLeft(turn, person)) current[turn.who] = null;
    wasWriting[turn.who] = isWriting(person);
    collect();
    for (const from of turn.send) send(from);
    for (const who of turn.tell) tell(who);
    lookAtFocus();
    at += 1;
    said = {};
    turnTo();
  },
  async end() {
    const rendered = () => Promise.all(people.map((person) => person.drawn()));
    lookAtFocus();
    for (let round = 0; round < 10; round += 1) {
      settle();
      await rendered();
      settle();
      const back = people.find((person) => person.bringBack());
      if (!back) break;
      await rendered();
    }
    while (isLost.size > 0) await new Promise((resolve) => setTimeout(resolve, SOON));
    for (const [who, person] of people.entries()) {
      if (person.focus === 'body') wrong.push(`the focus of ${who} is on the body in the end`);
      if (person.difference !== null) wrong.push(`on the screen of ${who}: ${person.difference}`);
    }
    return { runs, erased, wrong, items: people[0]!.words, boards: people.map(({ board }) => board) };
  },
  get now() {
    return now;
  },
};
