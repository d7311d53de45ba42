import type { RequestEvent } from '@sveltejs/kit';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';

const UNREADABLE: Refusal = { kind: 'formUnreadable' };
const NOT_JSON: Refusal = { kind: 'fieldInvalid', field: 'body', reason: 'must be JSON' };

/**
 * The one way in which routes read a form (`tests/matrix` looks for others): after the right to ask, no more bytes than who asks may
 * send, and its fields are counted before anything is made of them.
 */
export async function readForm(event: RequestEvent): Promise<Result<FormData>> {
  const type = event.request.headers.get('content-type') ?? '';
  const separator = separatorOf(type);
  if (separator === null) return refused(UNREADABLE);
  const body = await readBytes(event);
  if (!body.ok) return body;
  if (hasMoreThan(LIMITS.formFields.most, separator, body.value)) {
    return refused({ kind: 'tooMany', what: 'fields', most: LIMITS.formFields.most });
  }
  try {
    return accepted(await new Response(body.value, { headers: { 'content-type': type } }).formData());
  } catch {
    return refused(UNREADABLE);
  }
}

/** JSON, read like a form. */
export async function readJson(event: RequestEvent): Promise<Result<unknown>> {
  const body = await readBytes(event);
  if (!body.ok) return body;
  try {
    return accepted(JSON.parse(new TextDecoder().decode(body.value)) as unknown);
  } catch {
    return refused(NOT_JSON);
  }
}

/** A body that nobody has read keeps its connection waiting; what is left of it is thrown away while the answer leaves. */
export function discardBody({ request }: RequestEvent): void {
  if (request.body && !request.body.locked) void discard(request.body.getReader());
}

async function readBytes(event: RequestEvent): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { body, headers } = event.request;
  if (!body) return accepted(new Uint8Array(0));
  const declared = Number(headers.get('content-length') ?? Infinity);
  const most = declared <= LIMITS.bodyOfNobody.most ? LIMITS.bodyOfNobody.most : await mostOf(event);
  const tooLarge = refused({ kind: 'tooLarge', most });
  if (declared !== Infinity && declared > most) return tooLarge;
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return accepted(new Uint8Array(Buffer.concat(chunks)));
      size += value.byteLength;
      if (size > most) {
        void discard(reader);
        return tooLarge;
      }
      chunks.push(value);
    }
  } catch {
    return declared === Infinity ? tooLarge : refused(UNREADABLE); // cut off, or beyond what the server takes from anybody
  }
}

async function mostOf({ locals, params }: RequestEvent): Promise<number> {
  if (locals.account) return LIMITS.bodyOfAccount.most;
  const forum = params.slug === undefined ? null : await locals.services.forums.bySlug(params.slug);
  const isSeated = forum !== null && (await locals.seatIn(forum.id)) !== null;
  return isSeated ? LIMITS.bodyOfSeat.most : LIMITS.bodyOfNobody.most;
}

/** Cancelling instead would end the connection before the answer. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The other side has gone, which is what was wanted.
  }
}

/** What stands between two fields; null for what is no form. */
function separatorOf(type: string): Buffer | null {
  const essence = type.split(';', 1)[0]?.trim().toLowerCase();
  if (essence === 'application/x-www-form-urlencoded') return Buffer.from('&');
  if (essence !== 'multipart/form-data') return null;
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  return boundary ? Buffer.from(`--${boundary[1] ?? boundary[2]}`) : null;
}

function hasMoreThan(most: number, separator: Buffer, bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length)) {
    found += 1;
    if (found > most) return true;
  }
  return false;
}
