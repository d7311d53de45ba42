import type { Page } from '@playwright/test';

/**
 * What is written in the page waits, so that it surely meets what others or the clock do, until it is let go. A page that waits long for
 * an answer takes another socket, and says everything again there.
 */
export const holdBack = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { send } = WebSocket.prototype;
    let held: (() => unknown)[] | null = [];
    WebSocket.prototype.send = function (data) {
      if (held && data instanceof Uint8Array && data[0] === 0)
        held.push(() => this.readyState === WebSocket.OPEN && send.call(this, data));
      else send.call(this, data);
    };
    Object.assign(window, {
      letGo: () => {
        const all = held ?? [];
        held = null;
        for (const go of all) go();
      },
    });
  });

export const letGo = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
