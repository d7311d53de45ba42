import type { Catalogue, Locale, MessageSet } from './locales.ts';
import type { MessageKey, Translate, Values } from './text.ts';

/**
 * Texts of a page that begins with some messages. One that is not among them is empty for a moment and asks for all; what shows it is
 * then shown anew.
 */
export function pageText(some: Catalogue, locale: Locale, load: (set: MessageSet) => Promise<Catalogue>): Translate {
  let catalogue = $state.raw(some);
  let asked: Promise<void> | null = null;
  async function ask() {
    try {
      catalogue = await load('all');
    } catch (error) {
      asked = null; // the next text that lacks asks again
      throw error;
    }
  }
  const whole = () => (asked ??= ask());
  const t = (key: MessageKey, values?: Values) => {
    const message = catalogue[key];
    if (!message) whole().catch(() => undefined);
    return message?.(values) ?? '';
  };
  const more = async (set: MessageSet) => {
    const part = await load(set);
    catalogue = { ...part, ...catalogue };
  };
  return Object.assign(t, { locale, whole, with: more });
}
