/** When an event is, in the words of a reader in China. Every day is a day in China. */
import type { CareerEvent } from '../api/types';
import { eventTexts } from '../texts/events';
import { dayIn, shortDate, timeIn } from './format';

export type Timed = Pick<CareerEvent, 'starts_at' | 'ends_at'> & { all_day?: boolean };

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 62;

/** The days of an event, first to last, as `2026-12-05`; none for one without a date. */
export function daysOf(event: Timed): string[] {
  const first = dayIn(event.starts_at);
  if (first === '') return [];
  const last = event.ends_at ? lastDayOf(event.ends_at) : first;
  const days = [first];
  while (days.length < LONGEST_DAYS && (days[days.length - 1] as string) < last) days.push(nextDay(days[days.length - 1] as string, 1));
  return days;
}

/** An end at midnight belongs to the day before it. */
function lastDayOf(end: string): string {
  return hasTime(end) ? dayIn(new Date(Date.parse(end) - 1)) : end;
}

/** The day `count` days after `day`. */
export function nextDay(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

export type EventState = 'cancelled' | 'postponed' | 'past' | 'running' | 'today' | 'coming';

/** An event without an end is over when its day is. */
export function stateAt(event: Timed & { status?: string | null }, now: Date): EventState {
  if (event.status === 'cancelled' || event.status === 'postponed') return event.status;
  const days = daysOf(event);
  const today = dayIn(now);
  const last = days[days.length - 1];
  if (last === undefined) return 'coming';
  if (event.ends_at && hasTime(event.ends_at)) {
    if (Date.parse(event.ends_at) < now.getTime()) return 'past';
  } else if (last < today) return 'past';
  if (!isAllDay(event) && Date.parse(event.starts_at) <= now.getTime() && event.ends_at) return 'running';
  return days.includes(today) ? 'today' : 'coming';
}

/** `14:00–17:00`, `09:00 起`, `9:00–12月7日 17:00`, or that the hour is not known. */
export function hoursOf(event: Timed, now: Date): string {
  const days = daysOf(event);
  const last = days[days.length - 1] ?? '';
  const more = days.length > 1;
  if (isAllDay(event)) return more ? eventTexts.until(shortDate(last, now)) : eventTexts.allDay;
  const begin = timeIn(event.starts_at);
  if (!event.ends_at || !hasTime(event.ends_at)) return more ? `${begin} ${eventTexts.until(shortDate(last, now))}` : eventTexts.from(begin);
  const end = timeIn(event.ends_at);
  return more ? `${begin} – ${shortDate(last, now)} ${end}` : `${begin}–${end}`;
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function isAllDay(event: Timed): boolean {
  return event.all_day === true || !hasTime(event.starts_at);
}

function hasTime(value: string): boolean {
  return value.length > 10;
}

/** A path of this host, or null: an .ics link never leads elsewhere. */
export function ownPath(path: string | null | undefined): string | null {
  return path && /^\/api\/events[/.][\w./?=&%-]*$/.test(path) ? path : null;
}
