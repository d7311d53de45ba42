/** What somebody can meet as a limit. `most` is inclusive; `why` is the reason for the number, as README's table shows it. */
export interface Limit {
  readonly most: number;
  readonly unit: string;
  readonly what: string;
  readonly why: string;
}

/**
 * Every limit, in one place and by who meets it: `nobody` (no cookie, no code), `guest` and `seat`, `account`, `forum`, `document`,
 * `server`. README's table is made from this list; `tests/limits.test.ts` compares. Honest use at ten times a big forum (3,500 people)
 * meets none of them, and whoever meets one is told so in words.
 */
export const LIMITS = {
  bodyOfNobody: {
    most: 64_000,
    unit: 'bytes',
    what: 'body of a request without an account or a seat',
    why: 'a join form with every field full is below 2,000',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
