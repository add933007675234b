import { describe, expect, it } from 'vitest';
import { daysOf, hoursOf, ownPath, stateAt } from '../src/text/event';
import { eventsOfFeed } from '../src/text/ics';
import { dayAfterKey, monthsOn, weeksOf } from '../src/text/month';

const NOW = new Date('2026-12-01T02:00:00Z'); // Tuesday, 10:00 in Shanghai
const at = (starts_at: string, ends_at: string | null = null, all_day = false) => ({ starts_at, ends_at, all_day });

describe('when an event is', () => {
  it.each([
    [at('2026-12-05T06:00:00Z', '2026-12-05T09:00:00Z'), '14:00–17:00', 'coming'],
    [at('2026-12-05T14:00:00+08:00'), '14:00 开始', 'coming'],
    [at('2026-12-05', '2026-12-07'), '到12月7日', 'coming'],
    [at('2026-12-05'), '全天', 'coming'],
    [at('2026-12-05T09:00:00+08:00', '2026-12-07T17:00:00+08:00'), '09:00 – 12月7日 17:00', 'coming'],
    [at('2026-12-01T09:00:00+08:00', '2026-12-01T11:00:00+08:00'), '09:00–11:00', 'running'],
    [at('2026-12-01T14:00:00+08:00'), '14:00 开始', 'today'],
    [at('2026-12-01T08:00:00+08:00', '2026-12-01T09:00:00+08:00'), '08:00–09:00', 'past'],
    [at('2026-11-30T14:00:00+08:00'), '14:00 开始', 'past'],
    [at('2026-11-30', '2026-12-01'), '到12月1日', 'today'],
  ])('%j: %s, %s', (event, hours, state) => {
    expect(hoursOf(event, NOW)).toBe(hours);
    expect(stateAt(event, NOW)).toBe(state);
  });

  it('says that it was called off, past or not', () => {
    expect(stateAt({ ...at('2026-11-30'), status: 'cancelled' }, NOW)).toBe('cancelled');
    expect(stateAt({ ...at('2026-12-30'), status: 'postponed' }, NOW)).toBe('postponed');
  });

  it('names each day, and takes an end at midnight for the day before', () => {
    expect(daysOf(at('2026-12-30T09:00:00+08:00', '2027-01-01T17:00:00+08:00'))).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
    expect(daysOf(at('2026-12-04T16:00:00Z', '2026-12-06T16:00:00Z', true))).toEqual(['2026-12-05', '2026-12-06']);
    expect(daysOf(at('尽快'))).toEqual([]);
  });

  it('ends where its end lies before its beginning, and does not go on for ever', () => {
    expect(daysOf(at('2026-12-05', '2026-12-01'))).toEqual(['2026-12-05']);
    expect(daysOf(at('2026-01-01', '2099-01-01')).length).toBeLessThan(100);
  });
});

describe('a link to an .ics file', () => {
  it.each([
    ['/api/events/12.ics', '/api/events/12.ics'],
    ['/api/events.ics?city=%E9%95%BF%E6%B2%99', '/api/events.ics?city=%E9%95%BF%E6%B2%99'],
    ['https://example.com/api/events/1.ics', null],
    ['//example.com/api/events/1.ics', null],
    ['javascript:alert(1)', null],
    [null, null],
  ])('%j leads to %j', (path, own) => {
    expect(ownPath(path)).toBe(own);
  });
});

const FEED = [
  'BEGIN:VCALENDAR',
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:event-2@zhiwen',
  'DTSTART;TZID=Asia/Shanghai:20261206T090000',
  'DTEND;TZID=Asia/Shanghai:20261206T120000',
  'SUMMARY:双选会\\, 冬季',
  'LOCATION:体育馆\\; 东',
  ' 门',
  'BEGIN:VALARM',
  'DESCRIPTION:提醒',
  'SUMMARY:闹钟',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:1@zhiwen',
  'DTSTART:20261205T060000Z',
  'SUMMARY:宣讲会',
  'STATUS:CANCELLED',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:3@zhiwen',
  'DTSTART;VALUE=DATE:20261210',
  'DTEND;VALUE=DATE:20261212',
  'SUMMARY:线上招聘月',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'SUMMARY:没有日期',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describe('the feed of events', () => {
  const events = eventsOfFeed(FEED);

  it('is read in the order of the days, without what has no date', () => {
    expect(events.map(({ id }) => id)).toEqual(['1@zhiwen', 'event-2@zhiwen', '3@zhiwen']);
  });

  it('keeps hours in China, text as it was before it was escaped and folded, and leaves an alarm aside', () => {
    expect(events[1]).toMatchObject({
      title: '双选会, 冬季',
      place: '体育馆; 东门',
      starts_at: '2026-12-06T09:00:00+08:00',
      ends_at: '2026-12-06T12:00:00+08:00',
      ics: '/api/events/2.ics',
    });
    expect(events[0]).toMatchObject({ starts_at: '2026-12-05T06:00:00Z', ends_at: null, status: 'cancelled', ics: null });
  });

  it('ends an event of whole days on its last one', () => {
    expect(events[2]).toMatchObject({ starts_at: '2026-12-10', ends_at: '2026-12-11', all_day: true });
  });

  it('reads nothing out of nothing', () => {
    expect(eventsOfFeed('')).toEqual([]);
    expect(eventsOfFeed('<!doctype html>')).toEqual([]);
    expect(eventsOfFeed('BEGIN:VEVENT\r\nDTSTART:20269999T000000\r\nEND:VEVENT')).toEqual([]);
  });
});

describe('a month', () => {
  it('is whole weeks from Monday', () => {
    const weeks = weeksOf('2026-12-15');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe('2026-11-30');
    expect(weeks[4]?.[6]).toBe('2027-01-03');
  });

  it('shows all of its days, in whatever month', () => {
    for (let month = 1; month <= 12; month += 1) {
      const name = `2028-${String(month).padStart(2, '0')}`;
      const days = weeksOf(`${name}-15`).flat().filter((day) => day.startsWith(name));
      expect(days).toHaveLength(new Date(Date.UTC(2028, month, 0)).getUTCDate());
    }
  });

  it.each([
    ['2026-12-01', 'ArrowLeft', '2026-11-30'],
    ['2026-12-31', 'ArrowRight', '2027-01-01'],
    ['2026-12-01', 'ArrowDown', '2026-12-08'],
    ['2026-12-05', 'ArrowUp', '2026-11-28'],
    ['2026-12-05', 'Home', '2026-11-30'],
    ['2026-12-05', 'End', '2026-12-06'],
    ['2026-12-31', 'PageUp', '2026-11-30'],
    ['2026-12-31', 'PageDown', '2027-01-31'],
    ['2026-12-31', 'Enter', null],
  ])('from %s, %s leads to %s', (day, key, next) => {
    expect(dayAfterKey(day, key)).toBe(next);
  });

  it('keeps to the end of a shorter month', () => {
    expect(monthsOn('2027-01-31', 1)).toBe('2027-02-28');
    expect(monthsOn('2028-02-29', -12)).toBe('2027-02-28');
  });
});
