import { describe, test } from 'vitest';
import { isBuilt, wholeHall } from './hall.ts';
import { killed, KILLS, PEOPLE, ROOMS } from './killing.ts';

const WHOLE_KILLS = Math.max(2, Math.ceil(KILLS / 5));
const SUPERVISED_KILLS = Number(process.env.SUPERVISED_KILLS ?? 3);

describe.skipIf(!isBuilt)(
  `while ${PEOPLE} people write in ${ROOMS} rooms`,
  { timeout: 900_000 + KILLS * 10_000 },
  () => {
    test(`[Y2] the whole server, killed ${WHOLE_KILLS} times, loses nothing that was acknowledged or visible`, async () =>
      killed('server', await wholeHall(PEOPLE, { rooms: ROOMS }), WHOLE_KILLS, 2_000));
    test.skipIf(process.platform !== 'linux')(
      `[Y2] [U3] under its supervisor, killed ${SUPERVISED_KILLS} times, it is back by itself within two seconds and has lost nothing`,
      async () =>
        killed(
          'supervised server',
          await wholeHall(PEOPLE, { rooms: ROOMS, supervised: true }),
          SUPERVISED_KILLS,
          2_000,
        ),
    );
  },
);
