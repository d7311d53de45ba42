import type { Place } from './texts.ts';

/** What a file says otherwise than the document: nothing is changed without being named. */
export type ExportNote =
  /** Signs that cannot be printed: control characters, halves of a pair, and on paper what no font has. `U+XXXX` each. */
  | {
      readonly kind: 'signsReplaced';
      readonly place: Place;
      readonly signs: readonly string[];
      readonly count: number;
    }
  | { readonly kind: 'textShortened'; readonly place: Place; readonly most: number }
  /** The typesetter refuses a text as a whole. */
  | { readonly kind: 'textLeftOut'; readonly place: Place }
  /** The PDF lacks what screen readers need. */
  | { readonly kind: 'tagsMissing' };
