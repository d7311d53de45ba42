import { seatingOf } from '#domain/script/seating-of.ts';
import { isSmallGroups, sizeOfGroups } from '#domain/script/small-groups.ts';
import { isPlayable } from '#domain/script/step.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '#lib/live/step-name.ts';
import type { DraftStep } from './draft-script.ts';

/** Where people are in a step and whom they meet there, without a full stop; null: in their rooms as they sat. `before`: the steps before it. */
export function seatingText(t: Translate, step: DraftStep, before: readonly DraftStep[]): string | null {
  const place = placeText(t, step);
  const seats = isInGroups(step) ? ofGroups(t, step, before) : ofRooms(t, step, before);
  // that they are in rooms is said with how these change
  const said = [step.place === 'rooms' && seats ? null : place, seats].filter((part) => part !== null).join(', ');
  return said === '' ? null : said[0]!.toLocaleUpperCase(t.locale) + said.slice(1);
}

/** Where everybody is together anyway no groups are made; those of a kind that cannot be run here yet are said as its script means them. */
const isInGroups = (step: DraftStep): boolean =>
  sizeOfGroups(step) !== null && (isSmallGroups(step) || !isPlayable(step.kind));

function placeText(t: Translate, step: DraftStep): string | null {
  const { place } = step;
  if (place === undefined || (sizeOfGroups(step) !== null && !isInGroups(step))) return null;
  return typeof place === 'object' ? t('scripts.place_groups', { count: place.groups }) : t(`scripts.place_${place}`);
}

function ofRooms(t: Translate, step: DraftStep, before: readonly DraftStep[]): string | null {
  const asked = seatingOf(step);
  if (asked === null) return null;
  return typeof asked === 'string' ? t(`scripts.rooms_${asked}`) : sameAs(t, 'scripts.rooms_as', asked.as, before);
}

function ofGroups(t: Translate, step: DraftStep, before: readonly DraftStep[]): string | null {
  const { place, seating = 'keep' } = step;
  if (typeof seating === 'object') return sameAs(t, 'scripts.seating_as', seating.as, before);
  switch (seating) {
    case 'keep': {
      const last = before.findLast(isInGroups);
      return last && sizeOfGroups(last) === sizeOfGroups(step) ? t('scripts.groups_keep') : null;
    }
    case 'shuffle':
    case 'join':
      return t(`scripts.groups_${seating}`);
    case 'rotate':
    case 'home':
      // pairs stay in their rooms, and are others (`seatingOf`)
      return t(place === 'pairs' ? 'scripts.groups_shuffle' : `scripts.rooms_${seating}`);
    default:
      return unreachable(seating);
  }
}

function sameAs(
  t: Translate,
  key: 'scripts.rooms_as' | 'scripts.seating_as',
  id: string,
  before: readonly DraftStep[],
): string | null {
  const as = before.find((one) => one.id === id);
  return as ? t(key, { step: stepName(t, as) }) : null;
}
