import { expect, test } from 'vitest';
import { expectOneLine, FORUM, Operator } from './operator.sample.ts';

const operator = new Operator();
const EMAIL = 'aigul@example.org';
const create = () =>
  operator.run(['account', 'create', '--email', EMAIL, '--name', 'Aigul'], { stdin: 'a table with bread\n' });

test('[A35] the operator lists accounts, sets a password and erases one', async () => {
  expect((await create()).code).toBe(0);
  const [account] = JSON.parse((await operator.run(['account', 'list', '--json'])).out) as { email: string }[];
  expect(account).toMatchObject({ email: EMAIL, name: 'Aigul', forums: [] });
  const short = await operator.run(['account', 'password', '--email', EMAIL], { stdin: 'short\n' });
  expect(short.code).toBe(1);
  expectOneLine(short.err);
  const set = await operator.run(['account', 'password', '--email', EMAIL], { stdin: 'another long one\n' });
  expect(set).toMatchObject({ code: 0, err: '' });
  expect(set.out).not.toContain('another long one');
  const nobody = await operator.run(['account', 'password', '--email', 'nobody@example.org'], {
    stdin: 'x'.repeat(20),
  });
  expect(nobody.code).toBe(1);
  expectOneLine(nobody.err);
  expect((await operator.run(['account', 'delete', '--email', EMAIL])).code).toBe(0);
  expect(JSON.parse((await operator.run(['account', 'list', '--json'])).out)).toEqual([]);
});

test('[A35] a forum without an organizer gets a link for a new one', async () => {
  const made = await operator.run(['forum', 'create', operator.file('forum.json', FORUM), '--json']);
  const { slug } = JSON.parse(made.out) as { slug: string };
  const invited = await operator.run(['account', 'invite-organizer', slug]);
  expect(invited.out).toMatch(/^http:\/\/localhost:4111\/invite\/[a-z2-7]{40}\n$/);
  const unknown = await operator.run(['account', 'invite-organizer', 'nowhere']);
  expect(unknown.code).toBe(1);
  expectOneLine(unknown.err);
});
