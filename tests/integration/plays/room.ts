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
let runs: Run[] = [];
let current: (Run | null)[] = [];
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

function lookAgain(who: number, person: PersonsWindow, turn: number): void {
  setTimeout(() => {
    if (person.focus === 'body') wrong.push(`turn ${turn}: the focus of ${who} is on the body`);
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
    const run = runs.find(({ letters }) => left !== '' && letters.includes(left));
    if (run && run !== current[who] && right !== '' && run.letters.includes(right)) run.isParted = true;
  };
  const add = (letters: string) => {
    part();
    const { item } = person.focus === 'text' ? person : { item: '' };
    let run = current[who] ?? null;
    if (!run || run.item !== item) runs.push((run = { who, item, letters: '', isParted: false, isUndone: false }));
    run.letters += letters;
    current[who] = run;
  };
  switch (deed.kind) {
    case 'type':
      return add(deed.letters);
    case 'paste':
      for (const [index, line] of deed.lines.entries()) {
        if (index > 0) current[who] = null;
        add(line);
      }
      return person.paste(deed.lines.join('\n'));
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
  current[who] = null;
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
    else if (person.focus === 'body') lookAgain(turn.who, person, at);
    if (!canDo(turn.deed, person)) return false;
    write(turn, person);
    return true;
  },
  next(person) {
    const turn = turns[at];
    if (!turn) return;
    if (turn.deed.kind === 'caret') person.lookAtCaret();
    wasWriting[turn.who] = isWriting(person);
    collect();
    for (const from of turn.send) send(from);
    for (const who of turn.tell) tell(who);
    at += 1;
    turnTo();
  },
  async end() {
    const rendered = () => new Promise((resolve) => setTimeout(resolve, 40));
    for (let round = 0; round < 10; round += 1) {
      settle();
      await rendered();
      settle();
      const back = people.find((person) => person.bringBack());
      if (!back) break;
      await rendered();
    }
    for (const [who, person] of people.entries()) {
      if (person.difference !== null) wrong.push(`on the screen of ${who}: ${person.difference}`);
    }
    return { runs, erased, wrong, items: people[0]!.words, boards: people.map(({ board }) => board) };
  },
  get now() {
    return now;
  },
};
