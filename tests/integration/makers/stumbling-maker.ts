import type { OutcomeDocument } from '#domain/outcome/document.ts';
import type { MakeJob } from '#server/outcome/making/job.ts';
import { partOf } from '#server/outcome/render/leave-out.ts';

/** The process that makes files, of which certain words are the end. */
process.on('message', ({ json, part }: MakeJob) => {
  const document = JSON.parse(new TextDecoder().decode(json)) as OutcomeDocument;
  const shown = JSON.stringify(part ? partOf(document, part) : document);
  const words = process.env.STUMBLES_OVER?.split(',') ?? [];
  if (words.some((word) => shown.includes(word))) process.kill(process.pid, 'SIGKILL');
});
await import('#server/outcome/making/maker-process.ts');
