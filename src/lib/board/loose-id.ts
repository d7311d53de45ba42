/** Where what has no theme stands on the page. */
export const LOOSE_ID = 'without-theme';
