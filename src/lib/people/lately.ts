/** Minutes within which somebody came whom an organizer looks for, to take many away at once; the first when none is named. */
export const LATELY = [15, 5, 60, 1_440] as const;
