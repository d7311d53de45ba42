/** A format could not be made of this document, whatever was left out. `message` is for the log, without people's words. */
export class RenderError extends Error {
  override name = 'RenderError';
}
