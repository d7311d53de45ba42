import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptFile } from '#protocol/script-schema.ts';
import { checkScript } from './check-script.ts';

const FOLDER = join(import.meta.dirname, 'library');

/** The scripts that come with Dastarkhan, by id. */
export function library(): (ScriptFile & { readonly id: string })[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { script, problems } = checkScript(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
      if (!script || problems.length > 0) throw new Error(`${file} is no script: ${JSON.stringify(problems[0])}`);
      return { ...script, id: file.slice(0, -'.json'.length) };
    });
}
