import { describe, expect, test } from 'vitest';
import { inLanguage } from '../languages/by-language.ts';
import { host, aida } from './played.sample.ts';
import { begun } from './script.sample.ts';

describe('words', () => {
  test('[W73] everybody is told the step’s title and instruction, and nobody but those who run it the note', () => {
    const played = begun();
    expect(played.see().step).toMatchObject({
      title: { en: 'Purpose', ru: 'Цель' },
      instruction: { en: 'Listen.', ru: 'Слушайте.' },
      task: 'listen',
    });
    for (const role of ['participant', 'observer', 'translator'] as const) {
      const bytes = JSON.stringify(played.see({ ...aida, role }));
      expect([role, bytes.includes('canary')]).toEqual([role, false]);
      expect(bytes).not.toContain('planning');
    }
    expect(played.see(host).planning?.note).toBe('canary-note: wake them up');
    // nor of the steps that come, to anybody: whoever runs it looks into the script for them
    expect(JSON.stringify(played.see(host))).not.toContain('second');
  });

  test('[W73] own language first, then the forum’s in their order, then whatever there is', () => {
    const texts = { ru: 'Пишите', uz: 'Yozing', ky: 'Жазгыла' };
    expect(inLanguage(texts, ['ru', 'en'])).toEqual({ lang: 'ru', text: 'Пишите' });
    expect(inLanguage(texts, ['ur', 'en', 'uz', 'ru'])).toEqual({ lang: 'uz', text: 'Yozing' });
    expect(inLanguage(texts, ['uz-Cyrl'])).toEqual({ lang: 'uz', text: 'Yozing' });
    expect(inLanguage(texts, ['ur'])).toEqual({ lang: 'ru', text: 'Пишите' });
    expect(inLanguage(texts, ['constructor', '__proto__'])?.lang).toBe('ru');
    expect(inLanguage(undefined, ['en'])).toBeNull();
  });
});
