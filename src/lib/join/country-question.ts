/** Whether another country was meant, in the words of the page's language. */
export interface CountryQuestion {
  readonly code: string;
  readonly text: string;
  readonly yes: string;
  readonly keep: string;
}
