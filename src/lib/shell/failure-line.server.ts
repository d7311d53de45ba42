/**
 * One line for the log about a page that failed: where, never what. An error's message may hold what people wrote, a path a token; a
 * stack is many lines that anybody could have written by asking again.
 */
export function failureLine(error: unknown, method: string, route: string | null, status: number): string {
  return `pages: ${method} ${route ?? 'no route'}: ${status} ${codeOf(error)}${placeOf(error)}`;
}

/** The name of an error class, or the code of a system's error: words of programmers. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as NodeJS.ErrnoException).code;
  const known = [code, error.name].find((word) => typeof word === 'string' && /^\w{1,40}$/.test(word));
  return known ?? 'Error';
}

/** `chunk.js:12:34` of the first line of the stack that has one. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place = /^ {4}at .*?([\w.+-]{1,80}:\d+:\d+)\)?$/m.exec(stack.slice(0, 4_000))?.[1];
  return place ? ` at ${place}` : '';
}
