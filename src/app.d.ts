import type { Forum } from '#domain/forum/forum.ts';
import type { WorkshopId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { KeptForm } from '#lib/join/kept-form.ts';
import type { Locals as DastarkhanLocals } from '#server/http/locals.ts';
import type { Services } from '#server/services.ts';

declare global {
  namespace App {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an alias would not merge with Kit's own interface
    interface Locals extends DastarkhanLocals {}
    interface Error {
      message: string;
      /** Why the page cannot be shown, for a sentence in the reader's language. */
      refusal?: Refusal;
      /** What was typed into the form that it refuses. */
      kept?: KeptForm;
      /** Where whoever asked has a seat, which does not open the page; the workshop at whose board, if there is one. */
      seated?: Pick<Forum, 'slug' | 'title' | 'language'> & { readonly workshop: WorkshopId | null };
      /** The forum whose rehearsal this was. */
      rehearsed?: Pick<Forum, 'slug' | 'title' | 'language'>;
    }
    interface Platform {
      /** `messageFiles`: addresses by `<locale>/<set>`; none in development. */
      req: { services: Services; messageFiles?: ReadonlyMap<string, readonly string[]> };
    }
  }
}

export {};
