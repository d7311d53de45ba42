import type { StepId } from '../../ids.ts';
import type { SmallGroup } from '../../seating/small-groups.ts';

/** Who works together in a step: all its groups as it begins, later those that changed. `seed`: what they were drawn with. */
export interface GroupEvent {
  readonly kind: 'groupsMade';
  readonly step: StepId;
  readonly seed: number;
  readonly groups: readonly SmallGroup[];
  readonly at: number;
}
