import { test } from 'vitest';
import { bareHall } from './hall.ts';
import { killed, KILLS, PEOPLE, ROOMS } from './killing.ts';

test(
  `[Y2] while ${PEOPLE} people write in ${ROOMS} rooms the endpoint, killed ${KILLS} times, loses nothing that was acknowledged or visible`,
  { timeout: 900_000 + KILLS * 10_000 },
  () => killed('endpoint', bareHall({ rooms: ROOMS }), KILLS, 800),
);
