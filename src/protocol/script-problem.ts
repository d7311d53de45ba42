/** What can be wrong in a script. Pages have words for each; the command line says it in English. */
export type ScriptProblemKind =
  | 'json'
  | 'missing'
  | 'unknown'
  | 'twice'
  | 'choice'
  | 'object'
  | 'list'
  | 'text'
  | 'number'
  | 'whole'
  | 'yesNo'
  | 'empty'
  | 'least'
  | 'most'
  | 'tooLong'
  | 'tooFew'
  | 'tooMany'
  | 'time'
  | 'id'
  | 'language'
  | 'noLanguage'
  | 'tooManyLanguages'
  | 'noGroups'
  | 'noStep'
  | 'needsAgree'
  | 'closeEarly'
  | 'wrong';

/** Something in a script that cannot be, by its place: `steps[3].settings.carry`. */
export interface ScriptProblem {
  readonly path: string;
  readonly kind: ScriptProblemKind;
  /** What its words name: a limit, or what can stand there. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** In English. */
  readonly reason: string;
}
