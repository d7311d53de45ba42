import { arrive, type Figures, type Stage } from '../stage.ts';

/** The first person after a start. Having SyncStep2 is not enough: the reference sends an empty one while it still loads. */
export async function coldStart(stage: Stage): Promise<Figures> {
  const { server } = stage;
  const { whole, synced } = await arrive(stage, {
    guests: server.guests.slice(0, 1),
    present: stage.present,
    within: 0,
  });
  return {
    'step 2': synced.p50,
    'from ready': whole.p50,
    'from spawn': server.startedIn + whole.p50,
    'never whole': whole.missing,
  };
}
