/** Of the address of a page: what is said there of the last rehearsal. */
export const ENDED = 'rehearsal=ended';
