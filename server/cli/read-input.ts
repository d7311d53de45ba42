import { createReadStream } from 'node:fs';
import { oneLine } from '#domain/languages/one-line.ts';
import { shortLine } from '#domain/languages/short-line.ts';
import { ConfigError } from '#server/config.ts';
import { Refused } from './command.ts';

/** A forum's JSON or a post with its text: megabytes would be something else. */
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_REASON = 200; // characters; a parser quotes what it has read

/** What is in a file; `-` is standard input. Neither is read on once it is too large: there are files without an end. */
export async function readBytes(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > MOST_BYTES) throw new Refused({ kind: 'tooLarge', most: MOST_BYTES });
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof Refused ? error : unreadable(file, error);
  }
}

export async function readInput(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return textOf(bytes);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Throws where the bytes are no UTF-8. */
export const textOf = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

const unreadable = (file: string, error: unknown): ConfigError =>
  new ConfigError(`${file === '-' ? 'standard input' : file} cannot be read: ${(error as Error).message}`);

export function readJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ConfigError(`${file} is not JSON: ${whyNotJson(error)}`);
  }
}

/** What a parser has against a text, without the signs in its quotation that nobody sees. */
export const whyNotJson = (error: unknown): string => shortLine(oneLine((error as Error).message), LONGEST_REASON);
