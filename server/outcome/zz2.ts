import { writeFileSync, mkdirSync } from 'node:fs';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { sources } from '../../tests/integration/outcome-sample.ts';
import { renderOutcome, OUTCOME_FORMATS } from './render/render.ts';
for (const language of process.argv[3]?.split(',') ?? ['en', 'ru', 'ur']) {
  const doc = assembleOutcome({
    ...sources,
    forum: {
      ...sources.forum,
      language,
      title:
        language === 'ur'
          ? 'کتابوں کے دریا: خشک وادیوں کی لائبریریاں'
          : language === 'ru'
            ? 'Реки чтения: библиотеки засушливых долин'
            : sources.forum.title,
    },
  });
  mkdirSync(process.argv[2]!, { recursive: true });
  for (const f of OUTCOME_FORMATS) {
    const t = performance.now();
    const { bytes, extension } = await renderOutcome(doc, f);
    writeFileSync(`${process.argv[2]}/${language}.${extension}`, bytes);
    console.log(language, f, bytes.length, Math.round(performance.now() - t), 'ms');
  }
}
