/** The disk or the database failed; nothing is half-written. */
export class StorageError extends Error {
  override name = 'StorageError';
}
