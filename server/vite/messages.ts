import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const VIRTUAL = 'virtual:messages/';
const FOLDER = join(import.meta.dirname, '../../src/lib/i18n/messages');

/** Tajik has no plural data in Node's ICU nor in CLDR's tables of messageformat: one, and other (as in Persian grammar). */
const tajik = Object.assign((n: number | string) => (Number(n) === 1 ? 'one' : 'other'), {
  cardinals: ['one', 'other'],
  ordinals: ['other'],
});

/**
 * Compiles the ICU messages of one locale into one module of small functions, so that a page loads only its own locale.
 * `messages/<locale>/<area>.json` holds flat keys; a message's full key is `<area>.<key>`.
 */
export function messages(): Plugin {
  return {
    name: 'dastarkhan-messages',
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return;
      const locale = id.slice(VIRTUAL.length + 1);
      const catalogue = Object.fromEntries(
        readdirSync(join(FOLDER, locale)).flatMap((file) => {
          const path = join(FOLDER, locale, file);
          this.addWatchFile(path);
          const area = file.replace(/\.json$/, '');
          return Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>).map(
            ([key, text]) => [`${area}.${key}`, text] as const,
          );
        }),
      );
      const plural = locale === 'tg' ? Object.assign(tajik, { locale: 'tg' }) : locale;
      return compileModule(new MessageFormat(plural as string, { strict: false }), catalogue);
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(FOLDER)) return;
      const modules = [...server.moduleGraph.idToModuleMap.values()].filter((m) => m.id?.startsWith(`\0${VIRTUAL}`));
      for (const module of modules) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: 'full-reload' });
    },
  };
}
