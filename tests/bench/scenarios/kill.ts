import { arrive, newcomers, sleep, type Figures, type Stage } from '../stage.ts';

const WRITERS = 10;
const PER_SECOND = 10;

/** The server is killed in the middle of typing and started again: is everything there that anybody could rely on? */
export async function killed(stage: Stage): Promise<Figures> {
  const { crowd, seconds } = stage;
  await arrive(stage, { writersPerBoard: WRITERS });
  await crowd.ask('type', PER_SECOND);
  await sleep(Math.min(5, seconds) * 1_000 + Math.random() * 500);
  const again = await stage.restart();
  await crowd.ask('type', 0);
  const { lost, of } = await crowd.ask('lost', { ...newcomers(stage, again), what: 'known' });
  return { lost, 'relied on': of, 'lost %': of > 0 ? (lost / of) * 100 : null };
}
