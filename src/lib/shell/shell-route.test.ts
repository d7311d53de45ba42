import { expect, test } from 'vitest';
import { mayKeep, shellRoute } from './shell-route.ts';

test.each(['/', '/join/K7RM-P2XA', '/forums/a', '/forums/a/workshops/b', '/liveliness'])(
  '[Y20] %s is kept for reading without a network',
  (path) => {
    expect(shellRoute(path, 'navigate')).toBe(true);
    expect(mayKeep(path)).toBe(true);
  },
);

test.each(['/api/join', '/api', '/live', '/live/', '/sync/board/x', '/healthz', '/readyz', '/metrics', '/locale'])(
  '[Y20] %s is never answered by the service worker',
  (path) => expect(shellRoute(path, 'navigate')).toBe(false),
);

test.each(['/set-up/x', '/invite/x', '/seat/x', '/sign-in'])('[Y20] no copy of %s stays on the device', (path) =>
  expect(mayKeep(path)).toBe(false),
);

test('[Y20] beside pages only their data is kept', () => {
  expect(shellRoute('/forums/a/__data.json', 'cors')).toBe(true);
  expect(shellRoute('/forums/a/picture.png', 'no-cors')).toBe(false);
  expect(shellRoute('/api/x/__data.json', 'cors')).toBe(false);
});
