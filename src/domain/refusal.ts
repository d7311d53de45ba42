/** Everything that may be refused, with what a kind sentence in any language needs. The message key is `refusal.<kind>`. */
export type Refusal =
  | { readonly kind: 'codeUnknown' }
  | { readonly kind: 'codeExpired' }
  | { readonly kind: 'tooManyTries'; readonly seconds: number }
  | { readonly kind: 'tooManyCorrections'; readonly seconds: number }
  | { readonly kind: 'formSpent' }
  | { readonly kind: 'signedInHere' }
  | { readonly kind: 'keptOut' }
  | { readonly kind: 'doorCrowded'; readonly most: number }
  | { readonly kind: 'limitReached'; readonly what: Countable; readonly most: number; readonly field: string }
  | { readonly kind: 'tooManyForumsNow'; readonly most: number; readonly minutes: number }
  | { readonly kind: 'linkTaken' }
  | { readonly kind: 'linkUnknown' }
  | { readonly kind: 'emailTaken' }
  | { readonly kind: 'accountUnknown' }
  | { readonly kind: 'passwordWrong' }
  | { readonly kind: 'currentPasswordWrong' }
  | { readonly kind: 'passwordTooShort'; readonly least: number }
  | { readonly kind: 'fieldMissing'; readonly field: string }
  | { readonly kind: 'fieldInvalid'; readonly field: string; readonly reason: string }
  | { readonly kind: 'forumUnknown' }
  | { readonly kind: 'forumChangedMeanwhile' }
  | { readonly kind: 'roomInUse'; readonly room: string }
  | { readonly kind: 'rehearsalRuns' }
  | { readonly kind: 'rehearsalsBusy'; readonly most: number }
  | { readonly kind: 'seatUnknown' }
  | { readonly kind: 'roomUnknown' }
  | { readonly kind: 'roomFull'; readonly most: number }
  | { readonly kind: 'versionUnknown' }
  | { readonly kind: 'notAllowed' }
  | { readonly kind: 'lastOrganizer'; readonly forum: string }
  | { readonly kind: 'workshopUnknown' }
  | { readonly kind: 'workshopClosed' }
  | { readonly kind: 'stepUnknown' }
  | { readonly kind: 'stepEnded' }
  | { readonly kind: 'stepChanged' }
  | { readonly kind: 'stepEnding' }
  | { readonly kind: 'stepBegun' }
  | { readonly kind: 'stepNotPlayable' }
  | { readonly kind: 'stepMoved' }
  | { readonly kind: 'stepEdited' }
  | { readonly kind: 'stepCloses' }
  | { readonly kind: 'scriptUnknown' }
  | { readonly kind: 'scriptBegun' }
  | { readonly kind: 'scriptReplaced' }
  | { readonly kind: 'scriptSavedElsewhere' }
  /** `most` in bytes. */
  | { readonly kind: 'scriptsTooLarge'; readonly most: number }
  | { readonly kind: 'seatsChanged' }
  | { readonly kind: 'mixReplaced' }
  | { readonly kind: 'sitsElsewhere' }
  | { readonly kind: 'hostNamed' }
  | { readonly kind: 'helpOver' }
  | { readonly kind: 'helpTaken' }
  /** Asked for by a moment that was over when it arrived. */
  | { readonly kind: 'commandLate' }
  | { readonly kind: 'broadcastLate' }
  | { readonly kind: 'broadcastOver' }
  | { readonly kind: 'floorHeld' }
  | { readonly kind: 'floorPassedOn' }
  | { readonly kind: 'questionGone' }
  | { readonly kind: 'recommendationsMissing' }
  | { readonly kind: 'tooLarge'; readonly most: number }
  | { readonly kind: 'tooMany'; readonly what: 'fields' | 'rows'; readonly most: number }
  | { readonly kind: 'formUnreadable' }
  | { readonly kind: 'exportsBusy'; readonly most: number }
  | { readonly kind: 'exportFailed'; readonly format: string }
  /** `most` in MB. */
  | { readonly kind: 'exportTooLarge'; readonly most: number }
  | { readonly kind: 'tooMuchToWorkOn' }
  /** What looks into it cannot start on this server. */
  | { readonly kind: 'historyAway' }
  | { readonly kind: 'notStored' };

/** What there may be only so many of. */
export type Countable =
  | 'rooms'
  | 'steps'
  | 'scripts'
  | 'roomsOfForum'
  | 'workshops'
  | 'agendaItems'
  | 'entries'
  | 'forums'
  | 'seats'
  | 'keptVersions'
  | 'questions'
  | 'questionsKept'
  | 'ownQuestions'
  | 'pairsApart';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const accepted = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});
