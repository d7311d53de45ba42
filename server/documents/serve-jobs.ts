import { Socket } from 'node:net';
import { deserialize } from 'node:v8';
import { framed, Frames } from './frames.ts';
import type { Answer } from './job-process.ts';

/** The other end of a `JobProcess`: ends when nobody hands it jobs any more. */
export function serveJobs<Job>(work: (job: Job) => unknown): void {
  const answers = new Socket({ fd: 3 });
  answers.on('error', () => process.exit(1));
  const send = (value: unknown) => framed(value).forEach((part) => answers.write(part));
  const jobs = new Frames((bytes) => {
    let answer: Answer;
    try {
      answer = { ok: true, value: work(deserialize(bytes) as Job) };
    } catch (error) {
      answer = { ok: false, problem: error instanceof Error ? error.message : String(error) };
    }
    send(answer);
  });
  process.stdin.on('data', (piece: Buffer) => jobs.push(piece));
  process.stdin.on('end', () => process.exit(0));
  send('ready');
}
