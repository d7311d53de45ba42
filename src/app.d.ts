import type { Locals as DastarkhanLocals } from '#server/http/locals.ts';
import type { Services } from '#server/services.ts';

declare global {
  namespace App {
    type Locals = DastarkhanLocals;
    interface Platform {
      req: { services: Services };
    }
  }
}

export {};
