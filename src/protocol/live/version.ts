/** Rises with every change of `up.ts`, `down.ts` or what they carry; the test beside this file pins it to their hash. */
export const LIVE_PROTOCOL_VERSION = 5;
/** Where the channel is served. */
export const LIVE_PATH = '/live';
