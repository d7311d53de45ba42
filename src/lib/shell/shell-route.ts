/** Never answered by the service worker: live channels, the API, health. */
const LIVE = /^\/(api|live|sync|healthz|readyz|metrics|locale)(\/|$)/;
/** Pages behind a link that works once, and those that only matter with a network. */
const UNKEPT = /^\/(set-up|invite|seat|sign-in|new-password|leave|account|offline)(\/|$)/;

/** Whether the service worker stands between the page and the network: for pages and their data only. */
export function shellRoute(pathname: string, mode: string): boolean {
  return !LIVE.test(pathname) && (mode === 'navigate' || pathname.endsWith('/__data.json'));
}

/** Whether a copy may stay on the device. */
export const mayKeep = (pathname: string): boolean => !UNKEPT.test(pathname);
