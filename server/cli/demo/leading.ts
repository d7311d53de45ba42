import { setTimeout as wait } from 'node:timers/promises';
import type { BroadcastId, StepId } from '#domain/ids.ts';
import { GRACE_MS } from '#domain/script/grace.ts';
import { MINUTE } from '#domain/script/step.ts';
import { DEFAULT_WISH } from '#domain/seating/guest.ts';
import type { WayView, WorkshopView } from '#domain/workshop/view.ts';
import { mixQuery, type MixAsk, type MixPreview } from '#protocol/mix-query.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { Door } from './board-client.ts';
import type { Lead } from './lead.ts';
import type { LiveClient } from './live-client.ts';
import { waitUntil } from './wait-until.ts';

const LOOKS = 150; // ms between two looks at the control room
const TURNED_WITHIN = 10_000; // ms
const TRIES = 5; // somebody sits down between a preview and its use

/** Who runs the workshop: goes from step to step, comes when a room calls, gives time, says how much is left. */
export class Leading implements Lead {
  readonly #live: LiveClient;
  readonly #door: Door;
  /** Path of the workshop in the API. */
  readonly #path: string;
  readonly #speed: number;
  /** Calls that were answered here, and when. */
  readonly #answered = new Map<number, number>();
  /** Until when the room that reports has the floor. */
  #reportsUntil = 0;

  constructor(live: LiveClient, door: Door, about: { readonly path: string; readonly speed: number }) {
    this.#live = live;
    this.#door = door;
    this.#path = about.path;
    this.#speed = about.speed;
  }

  get view(): WorkshopView {
    const { view } = this.#live;
    if (!view?.planning || !view.turning) throw new Error('this seat does not run the workshop');
    return view;
  }

  /** All that has come in on this device, in bytes. */
  get received(): number {
    return this.#door.device.bytes;
  }

  /** Whether the step runs no more: whoever watches the demo may turn to another. */
  isOver(began: number): boolean {
    return this.#live.isRemoved || this.view.closed || this.view.step.began !== began;
  }

  /** How long a step of the script is here, in milliseconds. */
  lengthOf(minutes: number): number {
    return (minutes * MINUTE) / this.#speed;
  }

  /** Looks after the rooms for as long as the step is to last here. */
  async lookAfter(ms: number): Promise<void> {
    const { began } = this.view.step;
    this.#reportsUntil = 0;
    let until = Date.now() + ms;
    let isTimeGiven = false;
    const lastCall = Date.now() + ms * 0.75;
    let isTold = this.view.step.board === 'read';
    while (Date.now() < until && !this.isOver(began)) {
      await wait(Math.min(LOOKS, Math.max(0, until - Date.now())));
      await this.#answerCalls();
      await this.#callUpRooms(until);
      if (!isTold && Date.now() >= lastCall) {
        isTold = true;
        await this.#tell('Please finish your sentences: a quarter of the time is left.');
      }
      if (!isTimeGiven && this.#wantsMore()) {
        isTimeGiven = true;
        if (await this.#live.ask({ kind: 'extendStep', minutes: 1, from: this.view.step.id }))
          until += this.lengthOf(1);
      }
    }
  }

  /** Everybody into new rooms as the preview shows it, when that moves anybody. */
  async mixRooms(): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const preview = await this.#preview({ way: 'mix' });
      if (!preview || preview.moves.length === 0) return;
      const { seed, version } = preview;
      if (await this.#live.ask({ kind: 'mixRooms', seed, version })) return;
    }
  }

  /** To the next step; where pens are taken, when everybody has finished. False: there is none. */
  async turn(isQuiet: () => boolean): Promise<boolean> {
    const { step, turning, closed } = this.view;
    const { id: from, began } = step;
    if (closed || !turning?.next) return false;
    await this.#next(from, began, turning.next);
    await waitUntil(() => this.isOver(began) || this.view.turning?.turn !== null, TURNED_WITHIN);
    if (!this.isOver(began)) {
      await waitUntil(() => this.isOver(began) || isQuiet(), GRACE_MS);
      if (!this.isOver(began)) await this.#live.ask({ kind: 'next', from, began, atOnce: true });
    }
    return waitUntil(() => this.isOver(began), TURNED_WITHIN);
  }

  /** With the rooms that the step asks for, as the preview shows them. */
  async #next(from: StepId, began: number, { step, seating }: WayView): Promise<void> {
    for (let attempt = 0; seating && attempt < TRIES && !this.isOver(began); attempt += 1) {
      const preview = await this.#preview({ way: 'step', step });
      if (!preview || preview.moves.length === 0) break;
      const { seed, version } = preview;
      if (await this.#live.ask({ kind: 'next', from, began, seating: { seed, version } })) return;
    }
    await this.#live.ask({ kind: 'next', from, began });
  }

  close(): void {
    this.#live.close();
  }

  /** On the way at once, and a minute in the room. */
  async #answerCalls(): Promise<void> {
    for (const { call, by } of this.#live.hall?.help ?? []) {
      const since = this.#answered.get(call);
      if (since === undefined && by === null) {
        this.#answered.set(call, Date.now());
        await this.#live.ask({ kind: 'takeHelp', call });
      } else if (since !== undefined && Date.now() - since > this.lengthOf(1)) {
        this.#answered.set(call, Infinity);
        await this.#live.ask({ kind: 'endHelp', call });
      }
    }
  }

  /** Where rooms report, each has its part of the time that is left. */
  async #callUpRooms(until: number): Promise<void> {
    const reports = this.#live.running?.kind === 'reports' ? this.#live.running : null;
    if (!reports || Date.now() < this.#reportsUntil) return;
    const { line, current, since: from } = reports;
    if (line.length === 0 && !current) return;
    this.#reportsUntil = Date.now() + (until - Date.now()) / (line.length + 1);
    await this.#live.ask({ kind: 'nextReport', from });
  }

  #wantsMore(): boolean {
    const paces = this.#live.hall?.paces ?? [];
    const [more, here] = [paces.reduce((sum, one) => sum + one.more, 0), paces.reduce((sum, one) => sum + one.here, 0)];
    return more > 0 && more * 10 >= here;
  }

  async #tell(text: string): Promise<void> {
    const until = Date.now() + TURNED_WITHIN;
    await this.#live.ask({ kind: 'sendBroadcast', id: randomId() as BroadcastId, text, lang: 'en', until });
  }

  async #preview(ask: Pick<MixAsk, 'way' | 'step'>): Promise<MixPreview | null> {
    const query = mixQuery({ ...ask, wish: DEFAULT_WISH, without: [] });
    const { origin, at = origin, cookie } = this.#door;
    const response = await fetch(`${at}${this.#path}/mix?${query}`, { headers: { cookie } }).catch(() => null);
    return response?.ok ? ((await response.json()) as MixPreview) : null;
  }
}
