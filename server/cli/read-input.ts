import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ConfigError } from '#server/config.ts';
import { Refused } from './command.ts';

/** A forum's JSON or a post with its text: megabytes would be something else. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A file's text; `-` is standard input. */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new Refused({ kind: 'tooLarge', most: MOST_BYTES });
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

export function readJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
