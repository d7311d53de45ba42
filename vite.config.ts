import { sveltekit } from '@sveltejs/kit/vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { keepCompiled } from './server/process/keep-compiled.ts';
import { atOnce } from './server/vite/at-once.ts';
import { chunks } from './server/vite/chunks.ts';
import { development } from './server/vite/development.ts';
import { earlyStart } from './server/vite/early-start.ts';
import { laterStyles } from './server/vite/later-styles.ts';
import { lean } from './server/vite/lean.ts';
import { leanYjs } from './server/vite/lean-yjs.ts';
import { messages } from './server/vite/messages.ts';
import { small } from './server/vite/small.ts';

// Each file of tests has a process of its own, which loads the same as the one before.
if (process.env.VITEST) keepCompiled();

export default defineConfig({
  plugins: [
    laterStyles(),
    earlyStart(),
    lean(),
    leanYjs(),
    atOnce(),
    messages(),
    sveltekit(),
    development(),
    chunks(),
    small(),
  ],
  server: { host: process.env.HOST, port: Number(process.env.PORT || 3000), strictPort: true },
  test: {
    include: ['{src,server,tests}/**/*.test.ts'],
    // CI runs these by themselves, at their full size.
    exclude: [...configDefaults.exclude, ...(process.env.LATER?.split(',') ?? [])],
    environment: 'node',
    // On two cores it would be one otherwise, and a third of the tests wait more than they work.
    maxWorkers: '100%',
    // For what never comes: a machine may be slow, or have other work.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
    // What was only not waited for long enough is tried again; what was wrong is wrong, whether it comes again or not.
    retry: process.env.CI ? { count: 1, condition: /timed out|never came true/i } : 0,
  },
});
