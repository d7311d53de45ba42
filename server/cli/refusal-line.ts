import type { Refusal } from '#domain/refusal.ts';
import { unreachable } from '#domain/unreachable.ts';

/** A refusal as one English line for the operator. The pages have their own sentences, in the reader's language. */
export function refusalLine(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'codeUnknown':
      return 'no forum has this code';
    case 'codeExpired':
      return 'this code is no longer valid';
    case 'tooManyTries':
      return `too many tries: wait ${refusal.seconds} s`;
    case 'tooManyCorrections':
      return `too many corrections: wait ${refusal.seconds} s`;
    case 'linkTaken':
      return 'this link was used already';
    case 'linkUnknown':
      return 'this link is unknown or too old';
    case 'emailTaken':
      return 'there is an account with this e-mail address already';
    case 'accountUnknown':
      return 'there is no account with this e-mail address';
    case 'passwordWrong':
      return 'e-mail address or password is wrong';
    case 'currentPasswordWrong':
      return 'the current password is wrong';
    case 'passwordTooShort':
      return `the password needs at least ${refusal.least} characters`;
    case 'fieldMissing':
      return `${refusal.field} is missing`;
    case 'fieldInvalid':
      return `${refusal.field} ${refusal.reason}`;
    case 'forumUnknown':
      return 'there is no such forum';
    case 'forumChangedMeanwhile':
      return 'the forum was changed by somebody else meanwhile';
    case 'roomInUse':
      return `room “${refusal.room}” cannot be removed: its board lives on`;
    case 'rehearsalRuns':
      return 'a rehearsal of this forum is running: end it first';
    case 'rehearsalsBusy':
      return `the server has ${refusal.most} rehearsals already`;
    case 'seatUnknown':
      return 'there is no such seat';
    case 'versionUnknown':
      return 'there is no such version';
    case 'roomUnknown':
      return 'there is no such room';
    case 'notAllowed':
      return 'this is not allowed';
    case 'lastOrganizer':
      return `this is the last organizer of “${refusal.forum}”: make somebody else its organizer first`;
    case 'workshopUnknown':
      return 'there is no such workshop';
    case 'workshopClosed':
      return 'the workshop is closed';
    case 'stepUnknown':
      return 'there is no such step';
    case 'stepEnded':
      return 'the step is over';
    case 'stepChanged':
      return 'another step runs by now';
    case 'stepEnding':
      return 'the step is just ending';
    case 'stepBegun':
      return 'the step has begun already';
    case 'stepNotPlayable':
      return 'steps of this kind cannot be run here yet';
    case 'stepMoved':
      return 'somebody else moved the step';
    case 'stepEdited':
      return 'somebody else changed the step';
    case 'roomFull':
      return `the room has ${refusal.most} people already`;
    case 'stepCloses':
      return 'what closes the workshop stays last';
    case 'scriptUnknown':
      return 'there is no such script';
    case 'scriptBegun':
      return 'the workshop has begun with its script';
    case 'scriptReplaced':
      return 'another script was chosen since';
    case 'scriptSavedElsewhere':
      return 'the script was saved elsewhere meanwhile';
    case 'seatsChanged':
      return 'somebody sat down, moved or left since the preview';
    case 'mixReplaced':
      return 'the rooms were mixed again since';
    case 'helpOver':
      return 'this call for help is over';
    case 'sitsElsewhere':
      return 'they sit in another room by now';
    case 'hostNamed':
      return 'somebody else was named host meanwhile';
    case 'helpTaken':
      return 'somebody else is on the way already';
    case 'commandLate':
      return 'it reached the server too late and was not done';
    case 'broadcastLate':
      return 'the message would have come late and was not sent';
    case 'broadcastOver':
      return 'nobody is shown this message any more';
    case 'floorHeld':
      return 'somebody else is speaking';
    case 'floorPassedOn':
      return 'the floor was passed on since';
    case 'questionGone':
      return 'this question is not here any more';
    case 'recommendationsMissing':
      return 'no recommendations were found in it';
    case 'tooLarge':
      return `it is too large: at most ${refusal.most}`;
    case 'scriptsTooLarge':
      return `an account’s scripts are at most ${refusal.most} bytes together`;
    case 'tooMany':
      return `it has too many ${refusal.what}: at most ${refusal.most}`;
    case 'formUnreadable':
      return 'it cannot be read';
    case 'formSpent':
      return 'this form was used before';
    case 'signedInHere':
      return 'this account has a seat of its own';
    case 'keptOut':
      return 'this device is kept out of the forum';
    case 'doorCrowded':
      return `more than ${refusal.most} wait at the door already`;
    case 'limitReached':
      return `${refusal.field}: at most ${refusal.most} are allowed (${refusal.what})`;
    case 'tooManyForumsNow':
      return `${refusal.most} forums were made within an hour; wait ${refusal.minutes} minutes`;
    case 'exportsBusy':
      return `${refusal.most} files of this forum are being made: try again in a moment`;
    case 'exportFailed':
      return `the ${refusal.format} could not be made of this document`;
    case 'exportTooLarge':
      return `the document is too large: at most ${refusal.most} MB`;
    case 'tooMuchToWorkOn':
      return 'it is too large or too tangled to be worked on';
    case 'historyAway':
      return 'what opens earlier versions cannot start on this server';
    case 'notStored':
      return 'it could not be stored';
    default:
      return unreachable(refusal);
  }
}
