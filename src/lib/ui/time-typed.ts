const OTHER_DIGITS = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'];
const TYPED = /^(\d{1,2})(?:[:.,h-]?(\d{2}))?(?:([ap])\.?m\.?)?$/;

/** A time of day as people type it (`14:45`, `14.45`, `1445`, `9`, `2:45 pm`), as `HH:MM`; empty for nothing. Null: no time. */
export function timeTyped(text: string): string | null {
  const typed = text
    .replace(/\s/g, '')
    .toLowerCase()
    .replace(/[٠-٩۰-۹]/g, (digit) => String(Math.max(...OTHER_DIGITS.map((digits) => digits.indexOf(digit)))));
  if (typed === '') return '';
  const [, hours, minutes = '00', half] = TYPED.exec(typed) ?? [];
  if (hours === undefined || Number(minutes) > 59) return null;
  const hour = half ? hourOfHalf(Number(hours), half) : Number(hours);
  return hour === null || hour > 23 ? null : `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** 12 am is midnight, 12 pm noon. */
const hourOfHalf = (hour: number, half: string): number | null =>
  hour < 1 || hour > 12 ? null : (hour % 12) + (half === 'p' ? 12 : 0);
