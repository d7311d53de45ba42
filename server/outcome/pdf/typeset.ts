import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fileURLToPath } from 'node:url';
import { fontBlobs } from '../fonts/families.ts';

export type Typeset =
  | { readonly kind: 'made'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly problem: string };

/** With what screen readers need (PDF/UA-1), or without. */
export type Standard = 'ua-1' | 'none';
export type Typesetter = (input: string, standard: Standard) => Typeset;

const workspace = fileURLToPath(new URL('.', import.meta.url));
const GENERATIONS = 5; // Documents whose parts stay in the engine's memory.

let typesetter: Promise<Typesetter> | undefined;

/** The engine, loaded with its fonts when first asked for. It is synchronous: the server calls it in a process of its own only. */
export const loadTypesetter = (): Promise<Typesetter> => (typesetter ??= load());

async function load(): Promise<Typesetter> {
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: await fontBlobs() }] });
  return (input, standard) => {
    try {
      const compiled = compiler.compile({ mainFilePath: `${workspace}outcome.typ`, inputs: { document: input } });
      const { result } = compiled;
      if (!result) {
        const [first] = (compiled.takeError()?.shortDiagnostics ?? []) as { message?: string }[];
        return { kind: 'refused', problem: first?.message ?? 'no reason given' };
      }
      const pdf = compiler.pdf(result, standard === 'none' ? { pdfTags: false } : { pdfStandard: standard });
      return { kind: 'made', bytes: new Uint8Array(pdf) };
    } catch (error) {
      return { kind: 'refused', problem: error instanceof Error ? error.message : String(error) };
    } finally {
      compiler.evictCache(GENERATIONS);
    }
  };
}
