/** Reads the feed of events (iCalendar, RFC 5545): what a calendar needs of it. */
import type { CareerEvent } from '../api/types';

interface Line {
  name: string;
  parameters: string;
  value: string;
}

const STATUS: Record<string, string> = { CONFIRMED: 'planned', CANCELLED: 'cancelled', TENTATIVE: 'postponed' };

/** The events of a feed in order of their beginning. What is no event, or has no date, is passed over. */
export function eventsOfFeed(feed: string): CareerEvent[] {
  const events: CareerEvent[] = [];
  let lines: Line[] | null = null;
  let inner = 0;
  for (const line of unfolded(feed).map(lineOf)) {
    if (line === null) continue;
    if (line.name === 'BEGIN' && line.value === 'VEVENT') {
      lines = [];
    } else if (line.name === 'END' && line.value === 'VEVENT') {
      const event = lines === null ? null : eventOf(lines);
      if (event !== null) events.push(event);
      lines = null;
    } else if (line.name === 'BEGIN') inner += 1;
    else if (line.name === 'END') inner = Math.max(0, inner - 1);
    // An alarm inside an event has a description of its own; the calendar around the events is 1 deep.
    else if (lines !== null && inner <= 1) lines.push(line);
  }
  return events.sort((a, b) => (a.starts_at < b.starts_at ? -1 : a.starts_at > b.starts_at ? 1 : 0));
}

/** A line that begins with a blank goes on with the one before (RFC 5545, 3.1). */
function unfolded(feed: string): string[] {
  return feed.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
}

function lineOf(line: string): Line | null {
  const match = /^([A-Za-z0-9-]+)((?:;[^:;=]+=(?:"[^"]*"|[^:;"]*))*):(.*)$/.exec(line);
  if (match === null) return null;
  return { name: (match[1] as string).toUpperCase(), parameters: (match[2] ?? '').toUpperCase(), value: match[3] as string };
}

function eventOf(lines: readonly Line[]): CareerEvent | null {
  const find = (name: string): Line | undefined => lines.find((line) => line.name === name);
  const text = (name: string): string | null => unescaped(find(name)?.value ?? '').trim() || null;
  const begin = find('DTSTART');
  const starts = begin === undefined ? null : momentOf(begin);
  if (begin === undefined || starts === null) return null;
  const allDay = isDate(begin);
  const end = find('DTEND');
  const place = text('LOCATION');
  const uid = text('UID') ?? `${starts}-${text('SUMMARY') ?? ''}`;
  return {
    id: uid,
    title: text('SUMMARY') ?? '',
    city: text('X-ZHIWEN-CITY'),
    place,
    starts_at: starts,
    ends_at: end === undefined ? null : endOf(end, starts),
    audience: text('X-ZHIWEN-AUDIENCE'),
    organiser: text('X-ZHIWEN-ORGANISER'),
    status: STATUS[text('STATUS') ?? ''] ?? null,
    past: false,
    all_day: allDay,
    url: text('URL'),
    ics: pathOf(uid),
  };
}

/** Where one event of our own feed is to be had as a file: the feed names it by its number. */
function pathOf(uid: string): string | null {
  const match = /^event-(\d+)@zhiwen$/.exec(uid);
  return match === null ? null : `/api/events/${match[1]}.ics`;
}

function isDate(line: Line): boolean {
  return line.parameters.includes('VALUE=DATE') && !line.parameters.includes('DATE-TIME') ? true : /^\d{8}$/.test(line.value);
}

/** The end of a day-long event is the first day that is no longer part of it (RFC 5545, 3.6.1). */
function endOf(line: Line, starts: string): string | null {
  const value = momentOf(line);
  if (value === null || !isDate(line)) return value;
  const last = new Date(Date.parse(`${value}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return last < starts ? starts : last;
}

/** UTC where it says Z; every other hour is taken for China's, which has one time zone and no summer time. */
function momentOf(line: Line): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(line.value.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, utc] = match;
  const date = `${year}-${month}-${day}`;
  const value = hour === undefined ? date : `${date}T${hour}:${minute}:${second}${utc === 'Z' ? 'Z' : '+08:00'}`;
  return Number.isNaN(Date.parse(value)) ? null : value;
}

function unescaped(value: string): string {
  return value.replace(/\\([nN,;\\])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}
