import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#domain/forum/seat.ts';
import type { QuestionId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Step } from '#domain/script/step.ts';
import type { OwnQuestions } from '#domain/workshop/questions/view.ts';
import type { HeardQuestion, QuestionsMessage, RunningPart } from '#protocol/live/down.ts';
import { questionsAfter } from '#protocol/live/questions-after.ts';
import { CLOSE, hallIn, HOST, Listener, STEP } from './live-hall.ts';
import { liveRig, type Rig } from './live-rig.ts';
import { until } from './until.ts';

const question = (name: string) => name.padEnd(8, '0') as QuestionId;

let rig: Rig;
beforeEach(async () => {
  rig = await liveRig();
});
afterEach(() => rig.close());

/** Somebody with everything that they were ever told of questions. */
class Heard extends Listener {
  readonly parts: RunningPart[] = [];
  readonly messages: QuestionsMessage[] = [];
  questions: ReadonlyMap<QuestionId, HeardQuestion> = new Map();

  constructor(name: string, role?: Role, isNew?: boolean, query?: Record<string, string>) {
    super(rig, name, role, isNew, query);
    this.guest.socket.on('running', (part) => this.parts.push(part));
    this.guest.socket.on('questions', (message) => {
      this.messages.push(message);
      this.questions = questionsAfter(this.questions, message);
    });
  }
  get own() {
    return this.parts.at(-1) as OwnQuestions | null | undefined;
  }
  get texts() {
    return [...this.questions.values()].map(({ text, name, support }) => [text, name, support]);
  }
  put(name: string, text = name) {
    return this.ask({ kind: 'askQuestion', id: question(name), text, lang: 'en', began: this.own!.began });
  }
}

async function hall(step: Partial<Step> = {}) {
  const all = await hallIn(rig, { kind: 'ask', ...step }, (name, role) => new Heard(name, role));
  await until(() => Object.values(all).every(({ parts, messages }) => parts.at(-1) && messages.length > 0));
  return all;
}

test('[W98] a room keeps its questions, those who run the workshop hear all of them', async () => {
  const { host, aida, bolot } = await hall();
  await aida.put('whopays0');
  await bolot.put('whogoes0');
  await until(() => host.questions.size === 2 && aida.questions.size === 1 && bolot.questions.size === 1);
  expect(aida.texts).toEqual([['whopays0', 'aida00000001', 0]]);
  expect(JSON.stringify([bolot.messages, bolot.parts])).not.toMatch(/whopays|aida/);
  expect(JSON.stringify([aida.messages, aida.parts])).not.toMatch(/whogoes|bolot/);
});

test('[W98] without names nobody is told who asked, and who supports what is told to nobody', async () => {
  const { host, aida, bolot } = await hall({ place: 'plenary', settings: { anonymous: true } });
  const watcher = new Heard('watcher00001', 'observer');
  await aida.put('whopays0');
  await bolot.ask({ kind: 'supportQuestion', question: question('whopays0') });
  await until(() =>
    [host, aida, bolot, watcher].every(({ questions }) => questions.get(question('whopays0'))?.support),
  );
  const told = [host, bolot, watcher].flatMap(({ messages, parts }) => [messages, parts]);
  expect(JSON.stringify(told)).not.toContain('aida');
  expect(JSON.stringify([host, aida, watcher].flatMap(({ messages, parts }) => [messages, parts]))).not.toContain(
    'bolot',
  );
  expect([aida.own?.asked, bolot.own?.supported]).toEqual([['whopays0'], ['whopays0']]);
});

test('[W98] [P26] a wall is told what everybody may hear, and nobody’s name', async () => {
  const { host, aida, bolot } = await hall({ place: 'plenary' });
  const wall = new Heard(HOST, 'facilitator', false, { as: 'screen' });
  await aida.put('whopays0');
  await bolot.put('whogoes0');
  await until(() => wall.questions.size === 2);
  expect(wall.texts).toEqual([
    ['whopays0', null, 0],
    ['whogoes0', null, 0],
  ]);
  await host.ask({ kind: 'setQuestionAside', question: question('whogoes0') });
  await until(() => wall.questions.size === 1);
  const late = new Heard(HOST, 'facilitator', false, { as: 'screen' });
  await until(() => late.questions.size === 1);
  expect(late.guest.frames.join('\n')).not.toContain('whogoes0');
  expect([wall, late].flatMap(({ guest }) => guest.frames).join('\n')).not.toMatch(/aida|bolot/);
});

test('[W98] [P26] a wall is told nothing of what a room asks', async () => {
  const { host, aida } = await hall();
  const wall = new Heard(HOST, 'facilitator', false, { as: 'screen' });
  await until(() => wall.messages.length > 0);
  await aida.put('whopays0');
  await until(() => host.questions.size === 1);
  await host.ask({ kind: 'answerQuestion', question: question('whopays0') });
  await until(() => host.questions.get(question('whopays0'))?.isAnswered);
  expect(wall.messages).toEqual([{ isWhole: true, put: [], support: [], gone: [] }]);
});

test('[W97] what is set aside is heard by those who run the workshop, and not by who watches', async () => {
  const { host, aida } = await hall();
  const watcher = new Heard('watcher00001', 'observer');
  await aida.put('whopays0');
  await until(() => watcher.questions.size === 1 && aida.questions.size === 1);
  await host.ask({ kind: 'setQuestionAside', question: question('whopays0') });
  await until(() => host.questions.get(question('whopays0'))?.isAside);
  await until(() => watcher.questions.size === 0 && aida.questions.size === 0);
});

test('[W99] a name that is corrected is another beside the question, too', async () => {
  const { host, aida, bolot } = await hall({ place: 'plenary' });
  await aida.put('whopays0');
  await until(() => bolot.questions.size === 1);
  rig.seats.rename('aida00000001' as SeatId, 'Aida');
  await until(() => [host, bolot].every(({ texts }) => texts[0]?.[1] === 'Aida'));
});

test('[W99] words are told once, then numbers and what became of them; who comes later is told what there is', async () => {
  const { host, aida, bolot } = await hall({ place: 'plenary' });
  for (const name of ['one00000', 'two00000', 'tre00000']) await aida.put(name, `${name} ${'x'.repeat(200)}`);
  await until(() => bolot.questions.size === 3);
  const before = bolot.messages.length;
  const views = [aida, bolot].map(({ guest }) => guest.views.length);
  await bolot.ask({ kind: 'supportQuestion', question: question('two00000') });
  await until(() => aida.questions.get(question('two00000'))?.support === 1);
  await until(() => bolot.messages.length > before);
  expect(bolot.messages.at(-1)).toEqual({ isWhole: false, put: [], support: [['two00000', 1]], gone: [] });
  await host.ask({ kind: 'setQuestionAside', question: question('one00000') });
  await host.ask({ kind: 'answerQuestion', question: question('two00000') });
  await until(() => bolot.questions.size === 2 && bolot.questions.get(question('two00000'))?.isAnswered);
  expect(JSON.stringify(bolot.messages.slice(before))).not.toContain('one00000 x');
  await until(() => aida.own?.aside.length === 1);
  expect([aida, bolot].map(({ guest }) => guest.views.length)).toEqual(views);
  const late = new Heard('late00000001');
  await until(() => late.questions.size === 2);
  expect([late.messages.length, late.messages[0]?.isWhole]).toEqual([1, true]);
  await host.ask({ kind: 'next', from: STEP });
  await until(() => late.parts.at(-1) === null);
  await host.ask({ kind: 'back', from: CLOSE });
  await until(() => late.messages.length === 2);
  expect([late.messages[1]?.isWhole, late.questions.size]).toEqual([true, 2]);
});

test('[W95] [W96] presses without end wait', async () => {
  const { aida, bolot } = await hall();
  await aida.put('whopays0');
  const answers = [];
  for (let press = 0; press < LIMITS.callsOfSeat.most; press += 1) {
    answers.push(await aida.ask({ kind: 'takeBackQuestion', question: question('nothing0') }));
  }
  expect(answers.at(-1)).toMatchObject({ refused: { kind: 'tooManyTries' } });
  expect(await bolot.put('whogoes0')).toMatchObject({ ok: true });
});

test('[W96] support that is given and taken back without end waits, by an account of its own', async () => {
  let now = 1_000_000;
  await rig.close();
  rig = await liveRig({ clock: () => now });
  const { aida, bolot } = await hall({ place: 'plenary' });
  await aida.put('whopays0');
  const { most } = LIMITS.supportsOfSeat;
  const answers = [];
  for (let press = 0; press < 2 * most; press += 1) {
    now += 250; // no faster than commands may come
    const kind = press % 2 === 0 ? 'supportQuestion' : 'unsupportQuestion';
    answers.push(await bolot.ask({ kind, question: question('whopays0') }));
  }
  expect(answers.slice(0, most).every((answer) => 'ok' in answer)).toBe(true);
  expect(answers.find((answer) => 'refused' in answer)).toMatchObject({ refused: { kind: 'tooManyTries' } });
  expect(await bolot.put('whogoes0')).toMatchObject({ ok: true });
});
