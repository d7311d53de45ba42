import type { IncomingMessage } from 'node:http';

const UNIT = 'bytes=';
const PART = /^(\d*)-(\d*)$/;
const SIMPLE = /^\d{1,15}-\d{0,15}$/; // larger numbers are no whole ones any more

/**
 * Leaves in a request only a range that the file server can read, because it opens the file with whatever numbers stand there. False when it
 * is no range at all (416). What is one, but not simply from here to there, is taken away, and the whole file is sent.
 */
export function keepReadableRange({ headers, method }: Pick<IncomingMessage, 'headers' | 'method'>): boolean {
  const { range } = headers;
  if (range === undefined) return true;
  const isKnown = (method === 'GET' || method === 'HEAD') && range.startsWith(UNIT);
  const parts = isKnown ? range.slice(UNIT.length).split(',') : [];
  if (!parts.every((part) => isPart(part.trim()))) return false;
  const [only = ''] = parts;
  // to byte 0 would be read as to the end
  if (parts.length > 1 || !SIMPLE.test(only) || only.endsWith('-0')) delete headers.range;
  return true;
}

function isPart(part: string): boolean {
  const [, from = '', to = ''] = PART.exec(part) ?? [];
  return (from !== '' || to !== '') && (from === '' || to === '' || Number(from) <= Number(to));
}
