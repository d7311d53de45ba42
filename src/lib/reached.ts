/** What the page's window is told when the server has answered one part of the page: another that waits for it need not wait on. */
export const REACHED = 'dastarkhan:reached';
