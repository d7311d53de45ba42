/** Whether a step that somebody is about to change can still be changed. */
export type StepStanding = 'toCome' | 'begun' | 'gone';
