import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptFile } from '#protocol/script-schema.ts';
import { checkScript } from './check-script.ts';

const FOLDER = join(import.meta.dirname, 'library');

type LibraryScript = ScriptFile & { readonly id: string };

let known: readonly LibraryScript[] | null = null;

/** The scripts that come with Dastarkhan, by id; read once, as they change with the program alone. */
export const library = (): readonly LibraryScript[] => (known ??= read());

function read(): LibraryScript[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { script, problems } = checkScript(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
      if (!script || problems.length > 0) throw new Error(`${file} is no script: ${JSON.stringify(problems[0])}`);
      return { ...script, id: file.slice(0, -'.json'.length) };
    });
}
