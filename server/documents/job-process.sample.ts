import { serveJobs } from './serve-jobs.ts';

/** Jobs that go wrong in every way. */
serveJobs((job: string) => {
  switch (job) {
    case 'forever':
      for (;;);
    case 'memory': {
      const all: unknown[] = [];
      for (;;) all.push({ all: [all.length] });
    }
    case 'table': {
      const all = new Map<number, unknown>();
      for (let index = 0; ; index += 1) all.set(index, { index });
    }
    case 'end':
      return process.exit(3);
    case 'deep': {
      const deep = (level: number): number => (level === 0 ? 0 : 1 + deep(level - 1));
      return deep(40_000) > 0 && job;
    }
    case 'throw':
      throw new Error('thrown');
    default:
      return job;
  }
});
