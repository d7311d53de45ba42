/** Milliseconds after a step's time in which people finish their sentence. By itself: every board needs it at once. */
export const GRACE_MS = 30_000;
