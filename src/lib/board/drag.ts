import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { ItemId } from '#domain/ids.ts';
import type { Target } from './places.ts';

/** The one entry of the drag-and-drop library: imported when a mouse first comes near the board. */
export type Half = 'upper' | 'lower';
type Cleanup = () => void;

export function dragItem(node: HTMLElement, handle: HTMLElement, item: ItemId): Cleanup {
  return draggable({
    element: node,
    dragHandle: handle,
    getInitialData: () => ({ item }),
    onDragStart: () => node.classList.add('dragged'),
    onDrop: () => node.classList.remove('dragged'),
  });
}

/** A place to drop on; the innermost one under the pointer counts. */
export function dropPlace(node: HTMLElement, targetAt: (half: Half) => Target): Cleanup {
  return dropTargetForElements({
    element: node,
    canDrop: ({ source }) => typeof source.data.item === 'string',
    getData: ({ input }) => {
      const { top, height } = node.getBoundingClientRect();
      return { target: targetAt(input.clientY < top + height / 2 ? 'upper' : 'lower') };
    },
  });
}

export function followDrags(on: {
  aim(target: Target | null): void;
  drop(item: ItemId, target: Target): void;
}): Cleanup {
  type Location = { current: { dropTargets: readonly { data: Record<string | symbol, unknown> }[] } };
  const targetOf = (location: Location) => (location.current.dropTargets[0]?.data.target as Target | undefined) ?? null;
  return monitorForElements({
    canMonitor: ({ source }) => typeof source.data.item === 'string',
    onDrag: ({ location }) => on.aim(targetOf(location)),
    onDropTargetChange: ({ location }) => on.aim(targetOf(location)),
    onDrop: ({ source, location }) => {
      const target = targetOf(location);
      on.aim(null);
      if (target && target.before !== source.data.item) on.drop(source.data.item as ItemId, target);
    },
  });
}
