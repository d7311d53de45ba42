import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { messageKeys } from './message-keys.ts';

const VIRTUAL = 'virtual:messages/';
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'src/lib/i18n/messages');
const EVERYWHERE = ['src/routes/+layout.svelte'];
/** Pages that people open on a phone in a hall begin with the messages that they show at first; `all` is every message. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  guest: ['src/lib/shell/PageHeader.svelte', 'src/routes/join/+page.svelte', 'src/routes/join/[code]/+page.svelte'],
  board: ['src/routes/forums/[slug]/workshops/[id]/+page.svelte'],
  standing: ['src/lib/board/standing.ts'],
};

/** What comes behind another set has nothing of it. */
const BEHIND: Readonly<Record<string, string>> = { standing: 'board' };

/** Tajik has no plural data in Node's ICU nor in CLDR's tables of messageformat: one, and other (as in Persian grammar). */
const tajik = Object.assign((n: number | string) => (Number(n) === 1 ? 'one' : 'other'), {
  cardinals: ['one', 'other'],
  ordinals: ['other'],
});

/**
 * Compiles ICU messages into modules of small functions, one for each locale and set of pages: `virtual:messages/<locale>/<set>`.
 * `messages/<locale>/<area>.json` holds flat keys; a message's full key is `<area>.<key>`.
 */
export function messages(): Plugin {
  return {
    name: 'dastarkhan-messages',
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return;
      const [locale = '', set = ''] = id.slice(VIRTUAL.length + 1).split('/');
      const all = Object.fromEntries(
        readdirSync(join(FOLDER, locale)).flatMap((file) => {
          const path = join(FOLDER, locale, file);
          this.addWatchFile(path);
          const area = file.replace(/\.json$/, '');
          return Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>).map(
            ([key, text]) => [`${area}.${key}`, text] as const,
          );
        }),
      );
      const pages = PAGES[set];
      const known = Object.keys(all);
      const keys = pages && messageKeys(ROOT, [...EVERYWHERE, ...pages], known);
      const before = PAGES[BEHIND[set] ?? ''] ?? [];
      if (before.length > 0) for (const key of messageKeys(ROOT, [...EVERYWHERE, ...before], known)) keys?.delete(key);
      const catalogue = keys ? Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key))) : all;
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
