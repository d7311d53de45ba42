import type { Refusal } from '#domain/refusal.ts';
import { unreachable } from '#domain/unreachable.ts';

/** The HTTP status that a refusal has at the edge. */
export function statusOf(refusal: Refusal): 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503 {
  switch (refusal.kind) {
    case 'fieldMissing':
    case 'fieldInvalid':
    case 'passwordWrong':
    case 'currentPasswordWrong':
    case 'passwordTooShort':
    case 'recommendationsMissing':
    case 'formUnreadable':
    case 'limitReached':
      return 400;
    case 'notAllowed':
    case 'keptOut':
      return 403;
    case 'accountUnknown':
    case 'codeUnknown':
    case 'linkUnknown':
    case 'forumUnknown':
    case 'seatUnknown':
    case 'roomUnknown':
    case 'versionUnknown':
    case 'workshopUnknown':
    case 'stepUnknown':
    case 'scriptUnknown':
      return 404;
    case 'emailTaken':
    case 'lastOrganizer':
    case 'forumChangedMeanwhile':
    case 'roomInUse':
    case 'rehearsalRuns':
    case 'workshopClosed':
    case 'stepEnded':
    case 'signedInHere':
    case 'stepChanged':
    case 'stepEnding':
    case 'stepBegun':
    case 'stepNotPlayable':
    case 'stepMoved':
    case 'stepEdited':
    case 'stepCloses':
    case 'roomFull':
    case 'scriptBegun':
    case 'scriptReplaced':
    case 'scriptSavedElsewhere':
    case 'seatsChanged':
    case 'mixReplaced':
    case 'sitsElsewhere':
    case 'hostNamed':
    case 'helpOver':
    case 'helpTaken':
    case 'commandLate':
    case 'broadcastLate':
    case 'broadcastOver':
    case 'floorHeld':
    case 'floorPassedOn':
    case 'questionGone':
      return 409;
    case 'codeExpired':
    case 'linkTaken':
    case 'formSpent':
      return 410;
    case 'tooLarge':
    case 'scriptsTooLarge':
    case 'exportTooLarge':
    case 'tooMany':
      return 413;
    case 'exportsBusy':
    case 'rehearsalsBusy':
    case 'tooManyTries':
    case 'tooManyCorrections':
    case 'tooManyForumsNow':
      return 429;
    case 'exportFailed':
      return 422;
    case 'tooMuchToWorkOn':
    case 'historyAway':
    case 'notStored':
    case 'doorCrowded':
      return 503;
    default:
      return unreachable(refusal);
  }
}
