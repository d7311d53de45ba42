import * as v from 'valibot';
import { accepted, refused, type Result } from '#domain/refusal.ts';

const field = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(500))));

/** Body of `POST /api/join`. What a forum asks for beyond the name is checked where seats are given. */
const JoinRequest = v.object({
  code: v.pipe(v.string(), v.maxLength(64)),
  name: v.pipe(v.string(), v.maxLength(500)),
  country: field,
  organisation: field,
  language: field,
  /** 128 random bits of the sender's own: sent again with the same id, it is the same seat and the same cookie. */
  id: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
});
export type JoinRequest = v.InferOutput<typeof JoinRequest>;

export function parseJoin(body: unknown): Result<JoinRequest> {
  const parsed = v.safeParse(JoinRequest, body);
  if (parsed.success) return accepted(parsed.output);
  const issue = parsed.issues[0];
  const name = v.getDotPath(issue) ?? 'body';
  return refused(
    issue.received === 'undefined'
      ? { kind: 'fieldMissing', field: name }
      : { kind: 'fieldInvalid', field: name, reason: issue.message },
  );
}
