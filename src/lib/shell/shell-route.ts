/** Never answered by the service worker: live channels, the API, health, and the way past it. */
const LIVE = /^\/(api|live|sync|healthz|readyz|metrics|locale|network)(\/|$)/;
/** Pages behind a link that works once, and those that only matter with a network. */
const UNKEPT = /^\/(set-up|invite|seat|sign-in|new-password|leave|account|offline)(\/|$)/;
const ASSET = /^\/_app\/immutable\//;
const LIVE_PAGE = /^\/forums\/[^/]+\/workshops\/[^/]+$/;

/** Whether the service worker stands between the page and the network: for pages and their data only. */
export function shellRoute(pathname: string, mode: string): boolean {
  return !LIVE.test(pathname) && (mode === 'navigate' || pathname.endsWith('/__data.json'));
}

/** Whether a copy may stay on the device. */
export const mayKeep = (pathname: string): boolean => !UNKEPT.test(pathname);

/** Named after its contents: what is kept of it, of whichever build, is right. */
export const isAsset = (pathname: string): boolean => ASSET.test(pathname);

/** A room's board: it keeps its own copy of what is written, and connects by itself. */
export const isLivePage = (pathname: string): boolean => LIVE_PAGE.test(pathname);

const JOINING = /^\/join(\/|$)/;
/** What guests come back to. */
const FOR_GUESTS = /^\/(forums\/[^/]+(\/outcome)?)?$/;

/** Whether a page other than a board is kept when it has stood for a while: the first of a visit, or one that guests come back to. */
export const isKeptLater = (pathname: string, isFirst: boolean): boolean =>
  !JOINING.test(pathname) && !isLivePage(pathname) && (isFirst || FOR_GUESTS.test(pathname));
