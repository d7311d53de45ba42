import { isLoopback } from './guest-origin.ts';

const NOTICE =
  'dastarkhan: this server was opened by a name that it cannot know to be its own, and links for guests carry its address in the network ' +
  'instead. If the name is right, set ORIGIN to it, such as ORIGIN=http://forum.example:3000, then start again';

/** Says once what to set when links do not carry the name by which the server was opened. Nothing of the request goes into the line. */
export class HostNotice {
  readonly #say: (line: string) => void;
  #isSaid = false;

  constructor(say: (line: string) => void = console.error) {
    this.#say = say;
  }

  look(requested: string, origin: string): void {
    if (this.#isSaid || requested === origin || isLoopback(requested)) return;
    this.#isSaid = true;
    this.#say(NOTICE);
  }
}
