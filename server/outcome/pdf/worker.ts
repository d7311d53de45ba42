import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { font, FONT_NAMES } from '../render/fonts.ts';
import type { PdfDone, PdfJob } from './compile.ts';

/** The typesetter's thread: JSON in, PDF out. */
const workspace = fileURLToPath(new URL('.', import.meta.url));
const fontBlobs = await Promise.all(FONT_NAMES.map(font));
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
const GENERATIONS = 5; // Documents whose parts stay in the engine's memory.

parentPort?.on('message', ({ id, input }: PdfJob) => {
  const done = typeset(id, input);
  parentPort?.postMessage(done, done.kind === 'made' ? [done.bytes.buffer] : []);
});

function typeset(id: number, input: string): PdfDone {
  const compiled = compiler.compile({ mainFilePath: `${workspace}outcome.typ`, inputs: { document: input } });
  const { result } = compiled;
  if (!result) {
    const [first] = compiled.takeError()?.shortDiagnostics ?? [];
    return {
      id,
      kind: 'failed',
      problem: String((first as { message?: string } | undefined)?.message ?? 'no reason given'),
    };
  }
  try {
    const bytes = new Uint8Array(compiler.pdf(result, { pdfStandard: 'ua-1' }));
    return { id, kind: 'made', bytes };
  } catch (error) {
    return { id, kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  } finally {
    compiler.evictCache(GENERATIONS);
  }
}
