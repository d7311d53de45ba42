/** A projector that goes dark in mid-step has stopped being one. Browsers let go of it with the page out of sight. */
export function keepAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  let isOver = false;
  let lock: WakeLockSentinel | null = null;
  const hold = async () => {
    if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (isOver) await lock.release();
    } catch {
      // a battery that is low, or a system that does not allow it
    }
  };
  const again = () => void hold();
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
