import { seatingOf } from '#domain/script/seating-of.ts';
import { isSmallGroups, sizeOfGroups } from '#domain/script/small-groups.ts';
import { groupSizes } from '#domain/seating/sizes.ts';
import type { PlannedStep } from '#domain/workshop/view-script.ts';
import type { RoomView } from '#domain/workshop/view.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '../step-name.ts';

type Rooms = readonly Pick<RoomView, 'seated' | 'groups'>[];

/**
 * How people are seated for a step that comes; null: as they sit. Nobody is moved unseen: whoever runs it looks at the rooms first.
 */
export function seatsText(t: Translate, step: PlannedStep, steps: readonly PlannedStep[]): string | null {
  const { place } = step;
  const seating = seatingOf(step);
  const joins = step.seating === 'join' ? t('control.groupsJoin') : null;
  if (place === 'pairs') return joins ?? t('control.inPairs');
  if (typeof place === 'object') {
    return joins ?? t(seating === null ? 'control.inGroups' : 'control.inGroupsAnew', { count: place.groups });
  }
  if (seating === null) return null;
  if (typeof seating === 'string') return t(`control.seats_${seating}`);
  const as = steps.find(({ id }) => id === seating.as);
  return as ? t('control.seats_as', { step: stepName(t, as) }) : null;
}

/** Why not all of its pairs or groups have the size that was asked; null: they have, or it is not known before they are made. */
export function unevenText(t: Translate, step: PlannedStep, rooms: Rooms, isRunning: boolean): string | null {
  const count = isSmallGroups(step) ? sizeOfGroups(step) : null;
  if (count === null) return null;
  if (isRunning) {
    const sizes = rooms.flatMap(({ groups = [] }) => groups.map(({ seats }) => seats.length));
    if (sizes.every((size) => size === count)) return null;
    return t('control.groupsUnevenNow', { count, least: Math.min(...sizes), most: Math.max(...sizes) });
  }
  const isAsTheySit = step.seating !== 'join' && seatingOf(step) === null;
  const sizes = isAsTheySit ? rooms.flatMap(({ seated }) => groupSizes(seated, count)) : [];
  return sizes.some((size) => size !== count) ? t('control.groupsUneven', { count }) : null;
}
