import { expect, test } from 'vitest';
import { backAt } from './back-at.ts';

test('[W73] a pause is over when its script says, else when its clock ends; nobody knows while that stands or where there is none', () => {
  const endsAt = new Date(2026, 10, 27, 11, 40, 50).valueOf(); // of the reader's own zone
  expect(backAt({ task: 'pause', endsAt, backAt: '11:45' }, 'en')).toBe('11:45');
  expect(backAt({ task: 'pause', endsAt }, 'en')).toBe('11:40');
  expect(backAt({ task: 'pause', endsAt }, 'ru')).toBe('11:40');
  expect(backAt({ task: 'pause', endsAt: null }, 'en')).toBeNull();
  expect(backAt({ task: 'talk', endsAt }, 'en')).toBeNull();
});
