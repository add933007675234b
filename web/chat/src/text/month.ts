/** The days of a month's page in a calendar. Days are texts such as `2026-12-05`, weeks begin on Monday. */
import { nextDay, weekdayOf } from './event';

/** Whole weeks that cover the month of `day`, days of the neighbouring months included. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weeks: string[][] = [];
  let monday = nextDay(first, -weekdayOf(first));
  while (weeks.length === 0 || monday.slice(0, 7) === day.slice(0, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => nextDay(monday, index)));
    monday = nextDay(monday, 7);
  }
  return weeks;
}

/** The same day `count` months on, or the last day of that month where it is shorter. */
export function monthsOn(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Where a key of the keyboard leads from a day (WAI-ARIA's pattern for a grid of dates); null for other keys. */
export function dayAfterKey(day: string, key: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return nextDay(day, -1);
    case 'ArrowRight':
      return nextDay(day, 1);
    case 'ArrowUp':
      return nextDay(day, -7);
    case 'ArrowDown':
      return nextDay(day, 7);
    case 'Home':
      return nextDay(day, -weekdayOf(day));
    case 'End':
      return nextDay(day, 6 - weekdayOf(day));
    case 'PageUp':
      return monthsOn(day, -1);
    case 'PageDown':
      return monthsOn(day, 1);
    default:
      return null;
  }
}
