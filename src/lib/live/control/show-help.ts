/** Goes to who waits for help, the whole of the call that nobody has answered longest; false: nobody calls. */
export function showHelp(): boolean {
  const heading = document.getElementById('help-queue');
  if (!heading) return false;
  const queue = heading.closest('section')!;
  const call = queue.querySelector('li[data-waits]') ?? queue.querySelector('li');
  for (const part of [heading, call]) part?.scrollIntoView({ block: 'nearest' });
  heading.focus({ preventScroll: true });
  return true;
}
