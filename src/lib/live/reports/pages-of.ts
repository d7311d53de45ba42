const TURNED_EVERY = 14_000; // ms; a dozen short lines are read out in that time
const KEPT = 0.12; // of a page is seen again on the next

/** How many pages there are, and where one begins, in pixels; each shows a little of the one before. */
export function pagesOf(whole: number, page: number): { readonly count: number; top(at: number): number } {
  if (page <= 0 || whole <= page + 1) return { count: 1, top: () => 0 };
  const way = page * (1 - KEPT);
  const count = Math.ceil((whole - page) / way) + 1;
  return { count, top: (at) => Math.min(at * way, whole - page) };
}

/** Nobody scrolls a wall: what is higher than its place is turned over, page by page, and begins anew. `told` hears which one is seen. */
export function turnPages(told: (at: number, count: number) => void): (box: HTMLElement) => () => void {
  return (box) => {
    let at = 0;
    const look = () => {
      const pages = pagesOf(box.scrollHeight, box.clientHeight);
      at = Math.min(at, pages.count - 1);
      box.scrollTop = pages.top(at);
      told(at, pages.count);
    };
    const timer = setInterval(() => {
      at = (at + 1) % pagesOf(box.scrollHeight, box.clientHeight).count;
      look();
    }, TURNED_EVERY);
    const watch = new ResizeObserver(look);
    for (const one of [box, ...box.children]) watch.observe(one);
    return () => {
      clearInterval(timer);
      watch.disconnect();
    };
  };
}
