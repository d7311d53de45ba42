import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '#lib/i18n/locales.ts';

/** What the interface calls a thing in a language, as a pattern: what it fills in may be anything. */
export type Words = (key: string) => RegExp;

export function wordsOf(locale: Locale): Words {
  const files = new Map<string, Record<string, string>>();
  return (key) => {
    const [file = '', name = ''] = key.split(/\.(.*)/s);
    if (!files.has(file)) {
      const path = join(import.meta.dirname, `../../../src/lib/i18n/messages/${locale}/${file}.json`);
      files.set(file, JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
    }
    const message = files.get(file)?.[name];
    if (message === undefined) throw new Error(`no message ${key} in ${locale}`);
    return new RegExp(`^\\s*${pattern(message)}\\s*$`, 'u');
  };
}

/** What is filled in may be anything; of plurals and choices, one of their texts. */
function pattern(message: string): string {
  const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('#', '.*');
  return parts(message)
    .map((part) => {
      if (typeof part === 'string') return escaped(part);
      const options = parts(part.inside).flatMap((option) => (typeof option === 'string' ? [] : [option.inside]));
      return options.length === 0 ? '.*' : `(?:${options.map(pattern).join('|')})`;
    })
    .join('');
}

/** What stands between braces, and what does not. */
function parts(message: string): (string | { inside: string })[] {
  const found: (string | { inside: string })[] = [];
  let depth = 0;
  let from = 0;
  for (const [at, sign] of [...message].entries()) {
    if (sign === '{' && depth++ === 0) {
      found.push(message.slice(from, at));
      from = at + 1;
    } else if (sign === '}' && --depth === 0) {
      found.push({ inside: message.slice(from, at) });
      from = at + 1;
    }
  }
  return [...found, message.slice(from)];
}
