import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { JobProcess } from '#server/documents/job-process.ts';
import { Maker } from '#server/outcome/making/maker.ts';

/** Asks for what needs a process while only so many more files may be open, and again when they may; tells how each went. */
const jobs = new JobProcess<string>(new URL('../documents/job-process.sample.ts', import.meta.url), {
  ...{ milliseconds: 20_000, megabytes: 100, waiting: 4 },
});
const maker = new Maker(
  { seconds: 20, megabytes: 100 },
  new URL('../../tests/integration/makers/misbehaving-maker.ts', import.meta.url).pathname,
);
const told = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error) => error.name,
  );
const ask = async (): Promise<string[]> => [
  ...(await Promise.all(['one', 'two'].map((job) => told(jobs.run(() => ({ job })))))),
  await told(maker.make({ json: new Uint8Array(), format: 'md' })),
];

const files: number[] = [];
try {
  for (;;) files.push(openSync('/dev/null', 'r'));
} catch {
  // that was the last one
}
for (const file of files.splice(0, Number(process.argv[2]))) closeSync(file);
const without = await ask();
await pause(100); // what fails later than it is asked for fails now
for (const file of files) closeSync(file);
console.log(JSON.stringify({ without, again: await ask() }));
process.exit(0);
