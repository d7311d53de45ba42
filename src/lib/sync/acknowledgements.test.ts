import { describe, expect, test } from 'vitest';
import { REFUSAL_CODES, encodeStep1, encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import { Acknowledgements } from './acknowledgements.ts';

const update = encodeUpdate(Uint8Array.of(0, 0));
const step2 = encodeStep2(Uint8Array.of(0, 0));

function online(unsaved = 0): Acknowledgements {
  const acknowledgements = new Acknowledgements(unsaved);
  acknowledgements.opened();
  acknowledgements.sent(step2);
  acknowledgements.durable(1);
  return acknowledgements;
}

function edit(acknowledgements: Acknowledgements, times = 1): void {
  for (let time = 0; time < times; time += 1) {
    acknowledgements.edited();
    acknowledgements.sent(update);
  }
}

describe('acknowledgements', () => {
  test('[Y12] an edit is unsaved until its frame is acknowledged', () => {
    const acknowledgements = online();
    edit(acknowledgements, 3);
    expect([acknowledgements.unsaved, acknowledgements.isSettled]).toEqual([3, false]);
    acknowledgements.durable(3);
    expect([acknowledgements.unsaved, acknowledgements.isSettled]).toEqual([1, false]);
    acknowledgements.durable(4);
    expect([acknowledgements.unsaved, acknowledgements.isSettled]).toEqual([0, true]);
  });

  test('[Y12] offline edits are covered by the next SyncStep2, not by the frames before it', () => {
    const acknowledgements = online();
    acknowledgements.edited();
    acknowledgements.edited();
    acknowledgements.opened();
    edit(acknowledgements); // typed before the server had asked
    acknowledgements.sent(step2);
    acknowledgements.durable(1);
    expect(acknowledgements.unsaved).toBe(3);
    acknowledgements.durable(2);
    expect(acknowledgements.unsaved).toBe(0);
  });

  test('[Y12] frames that were lost with their socket count as unsaved on the next', () => {
    const acknowledgements = online();
    edit(acknowledgements, 2);
    acknowledgements.opened();
    expect([acknowledgements.unsaved, acknowledgements.isSettled]).toEqual([2, true]);
    acknowledgements.sent(step2);
    acknowledgements.durable(1);
    expect(acknowledgements.unsaved).toBe(0);
  });

  test('[Y12] what was unsaved when the tab was closed is unsaved after the reload', () => {
    const acknowledgements = new Acknowledgements(4);
    expect(acknowledgements.unsaved).toBe(4);
    acknowledgements.opened();
    acknowledgements.sent(step2);
    expect(acknowledgements.unsaved).toBe(4);
    acknowledgements.durable(1);
    expect(acknowledgements.unsaved).toBe(0);
  });

  test('[Y12] a refusal holds until an acknowledgement passes the refused frame', () => {
    const acknowledgements = online();
    edit(acknowledgements);
    acknowledgements.refused(2, REFUSAL_CODES.notStored);
    expect([acknowledgements.refusal, acknowledgements.unsaved]).toEqual([REFUSAL_CODES.notStored, 1]);
    acknowledgements.sent(step2);
    acknowledgements.durable(3);
    expect([acknowledgements.refusal, acknowledgements.unsaved]).toEqual([null, 0]);
  });

  test('[Y12] an edit made after the SyncStep2 was sent is not covered by it', () => {
    const acknowledgements = new Acknowledgements(1);
    acknowledgements.opened();
    acknowledgements.sent(step2);
    edit(acknowledgements);
    acknowledgements.durable(1);
    expect(acknowledgements.unsaved).toBe(1);
  });

  test('[Y33] a large offer is saved with its last piece, and typing behind it with its own frame', () => {
    const acknowledgements = new Acknowledgements(3);
    acknowledgements.opened();
    const whole = acknowledgements.carriedBy(step2);
    acknowledgements.edited();
    const typed = acknowledgements.carriedBy(update);
    acknowledgements.sent(step2, { edits: 0, isWhole: false });
    acknowledgements.sent(step2, whole);
    acknowledgements.sent(update, typed);
    const unsaved = [1, 2, 3].map((frames) => (acknowledgements.durable(frames), acknowledgements.unsaved));
    expect(unsaved).toEqual([4, 1, 0]);
  });

  test('[Y31] a refusal of what others have caused is no loss of the author', () => {
    const acknowledgements = online();
    acknowledgements.sent(step2);
    acknowledgements.refused(2, REFUSAL_CODES.notAllowed);
    expect([acknowledgements.refusal, acknowledgements.isSettled]).toEqual([null, true]);
    edit(acknowledgements);
    acknowledgements.refused(3, REFUSAL_CODES.notAllowed);
    expect([acknowledgements.refusal, acknowledgements.unsaved]).toEqual([REFUSAL_CODES.notAllowed, 1]);
  });

  test('[Y12] frames that are not updates are not counted', () => {
    const acknowledgements = online();
    acknowledgements.sent(encodeStep1(Uint8Array.of(0)));
    acknowledgements.sent(Uint8Array.of(1, 1, 0));
    expect(acknowledgements.isSettled).toBe(true);
  });
});
