import { expect, test } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { workshopNow } from './workshop-now.ts';

const seen = (planning?: object) =>
  ({
    closed: false,
    step: { task: 'arrive' },
    rooms: [],
    me: { room: 'r' as RoomId },
    planning,
  }) as unknown as WorkshopView;
const chosen = { script: { id: 'cafe', title: { en: 'World Café', ru: 'Мировое кафе' }, chosen: 1 }, mayChoose: true };

test('the programme names the script that was chosen, in a language of its reader, to those who run the workshop', () => {
  expect(workshopNow(seen(chosen), ['ru', 'en']).script).toEqual({ text: 'Мировое кафе', lang: 'ru' });
  expect(workshopNow(seen(chosen), ['kk', 'en']).script).toEqual({ text: 'World Café', lang: 'en' });
  expect(workshopNow(seen({ ...chosen, script: null }), ['en']).script).toBeNull();
  expect(workshopNow(seen(), ['en'])).toMatchObject({ script: null, mayChoose: false });
});
