/**
 * Stands for `devalue` in the browser's build. Pages are given plain data (objects, lists, texts, numbers, `undefined`, dates); what
 * else devalue can carry, typed arrays or the times of calendars, is a fifth of Kit in the browser. The format is devalue's own.
 */
const SPECIAL: Readonly<Record<number, unknown>> = {
  [-1]: undefined,
  [-3]: NaN,
  [-4]: Infinity,
  [-5]: -Infinity,
  [-6]: -0,
};
const HOLE = -2;

type Revivers = Readonly<Record<string, (value: unknown) => unknown>>;

export const parse = (text: string, revivers?: Revivers): unknown => unflatten(JSON.parse(text), revivers);

export function unflatten(flat: unknown, revivers: Revivers = {}): unknown {
  if (typeof flat === 'number') return special(flat);
  if (!Array.isArray(flat) || flat.length === 0) throw new Error('this is no data of a page');
  const made: unknown[] = [];
  const value = (at: unknown): unknown => {
    if (typeof at !== 'number') throw new Error('this is no data of a page');
    if (at < 0) return special(at);
    if (at in made) return made[at];
    const raw: unknown = flat[at];
    if (typeof raw !== 'object' || raw === null) return (made[at] = raw);
    if (!Array.isArray(raw)) {
      const object: Record<string, unknown> = (made[at] = {});
      for (const [key, inner] of Object.entries(raw)) if (key !== '__proto__') object[key] = value(inner);
      return object;
    }
    if (typeof raw[0] === 'string') return (made[at] = typed(raw as [string, unknown]));
    const list: unknown[] = (made[at] = new Array(raw.length));
    for (const [index, inner] of raw.entries()) if (inner !== HOLE) list[index] = value(inner);
    return list;
  };
  const typed = ([kind, of]: readonly [string, unknown]): unknown => {
    if (Object.hasOwn(revivers, kind)) return revivers[kind]!(value(of));
    if (kind === 'Date') return new Date(of as string);
    throw new Error(`pages are not given a ${kind}`);
  };
  return value(0);
}

function special(code: number): unknown {
  if (!(code in SPECIAL)) throw new Error('this is no data of a page');
  return SPECIAL[code];
}

function onServer(): never {
  throw new Error('data is written on the server');
}

export { onServer as stringify, onServer as stringifyAsync, onServer as uneval };
