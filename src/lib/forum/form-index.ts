const LONGEST_NAME = 200; // characters; `agenda[199].moderator.country` has 30

/** A form by name and by row, read once: `FormData.get` looks through all fields each time. */
export interface FormIndex {
  /** Empty for what is missing or a file. */
  text(name: string): string;
  has(name: string): boolean;
  /** Every text of this name, in order. */
  all(name: string): readonly string[];
  /** The row numbers that occur behind a path, in order. Gaps are fine: a row may have been taken out. */
  rows(path: string): readonly number[];
  /** The path of a list with more rows than this, or null. */
  longerThan(most: number): string | null;
}

export function indexForm(form: FormData): FormIndex {
  const values = new Map<string, string[]>();
  const rows = new Map<string, Set<number>>();
  for (const [name, value] of form.entries()) {
    if (name.length > LONGEST_NAME) continue;
    const known = values.get(name);
    const text = typeof value === 'string' ? value : '';
    if (known) known.push(text);
    else values.set(name, [text]);
    for (const found of name.matchAll(/\[(\d{1,4})\]/g)) {
      const path = name.slice(0, found.index);
      const numbers = rows.get(path);
      if (numbers) numbers.add(Number(found[1]));
      else rows.set(path, new Set([Number(found[1])]));
    }
  }
  return {
    text: (name) => values.get(name)?.[0] ?? '',
    has: (name) => values.has(name),
    all: (name) => values.get(name) ?? [],
    rows: (path) => [...(rows.get(path) ?? [])].sort((a, b) => a - b),
    longerThan: (most) => [...rows].find(([, numbers]) => numbers.size > most)?.[0] ?? null,
  };
}
