import { minify } from 'terser';
import type { Plugin } from 'vite';

/** Once more over what the bundler has made small: two in a hundred of what a phone waits for. */
export function small(): Plugin {
  return {
    name: 'dastarkhan-small',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === 'client',
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output] : []));
      await Promise.all(
        chunks.map(async (chunk) => {
          const { code } = await minify(chunk.code, {
            module: true,
            ecma: 2020,
            compress: { passes: 3, unsafe_arrows: false },
          });
          if (code !== undefined && code.length < chunk.code.length) chunk.code = code;
        }),
      );
    },
  };
}
