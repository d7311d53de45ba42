import { copyFileSync } from 'node:fs';
import adapterNode from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { BUILT_FROM, digest } from './server/built-from.mjs';

const node = adapterNode({ precompress: true });

/** In development there is no adapter handler to carry the services, so the emulated platform has production's shape. */
const adapter = {
  ...node,
  async adapt(builder) {
    await node.adapt(builder);
    // for the server, which tells browsers what a page will need, and for the test of the pages' weight
    copyFileSync(builder.getBuildDirectory('output/client/.vite/weight.json'), 'build/weight.json');
  },
  emulate: () => ({ platform: () => ({ req: { services: globalThis[Symbol.for('dastarkhan.services')] } }) }),
};

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true) },
  kit: {
    adapter,
    // By what it is made of, not by the clock: tests that start beside a build would give half of it another name, and its pages
    // would not find their router.
    version: { name: digest(BUILT_FROM).slice(0, 16) },
    // The page for times without a network is shown at any address.
    paths: { relative: false },
    // Its page says when: the first visit has better uses for a slow network.
    serviceWorker: { register: false },
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:'],
        'font-src': ['self', 'data:'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
    typescript: {
      config: (config) => {
        config.include.push('../server/**/*.ts', '../tests/**/*.ts');
        return config;
      },
    },
  },
};
