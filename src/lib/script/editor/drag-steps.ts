import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { StepId } from '#domain/ids.ts';

type Cleanup = () => void;

/** The one entry of the drag-and-drop library for steps: imported when a mouse first comes near them. */
export function dragStep(row: HTMLElement, handle: HTMLElement, step: StepId, before: () => StepId | null): Cleanup {
  const stopDragging = draggable({
    element: row,
    dragHandle: handle,
    getInitialData: () => ({ step }),
    onDragStart: () => row.classList.add('dragged'),
    onDrop: () => row.classList.remove('dragged'),
  });
  const stopTaking = dropTargetForElements({
    element: row,
    canDrop: ({ source }) => typeof source.data.step === 'string',
    getData: ({ input }) => {
      const { top, height } = row.getBoundingClientRect();
      return { before: input.clientY < top + height / 2 ? step : before() };
    },
  });
  return () => {
    stopDragging();
    stopTaking();
  };
}

/** `aim`: before which step it would stand now; null last, undefined nowhere. */
export function followSteps(on: {
  aim(before: StepId | null | undefined): void;
  drop(step: StepId, before: StepId | null): void;
}): Cleanup {
  type Location = { current: { dropTargets: readonly { data: Record<string | symbol, unknown> }[] } };
  const aimed = (location: Location) => location.current.dropTargets[0]?.data.before as StepId | null | undefined;
  return monitorForElements({
    canMonitor: ({ source }) => typeof source.data.step === 'string',
    onDrag: ({ location }) => on.aim(aimed(location)),
    onDrop: ({ source, location }) => {
      const before = aimed(location);
      on.aim(undefined);
      if (before !== undefined) on.drop(source.data.step as StepId, before);
    },
  });
}
