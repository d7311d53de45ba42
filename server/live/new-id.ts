import { randomBytes } from 'node:crypto';

/** 100 random bits as 20 characters of [a-v0-9], which is what document names take. */
export const newId = <T extends string>(): T =>
  [...randomBytes(20)].map((byte) => (byte & 31).toString(32)).join('') as T;
