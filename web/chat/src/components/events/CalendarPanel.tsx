import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useId, useMemo, useState } from 'preact/hooks';
import { fetchEventFeed } from '../../api/client';
import type { CareerEvent } from '../../api/types';
import { daysOf, weekdayOf } from '../../text/event';
import { dayIn, shortDate } from '../../text/format';
import { eventsOfFeed } from '../../text/ics';
import { monthsOn } from '../../text/month';
import { calendarTexts, eventTexts } from '../../texts/events';
import { ArrowIcon } from '../icons';
import { usePage } from '../page';
import { Panel } from '../panel/Panel';
import { EventCard } from './EventCard';
import { MonthGrid } from './MonthGrid';
import { SubscribeLink } from './SubscribeLink';

/** All announced fairs and talks on a calendar: a month, the events of a day, and the way to subscribe. */
export function CalendarPanel({ onClose }: { onClose: () => void }) {
  const { events, failed, read } = useFeed();
  return (
    <Panel title={calendarTexts.title} onClose={onClose}>
      <p role="status" class="panel-status">
        {events === null && !failed ? calendarTexts.loading : ''}
      </p>
      {failed && (
        <p class="panel-warning" role="alert">
          {calendarTexts.failed}{' '}
          <button type="button" class="chip" onClick={read}>
            {calendarTexts.retry}
          </button>
        </p>
      )}
      {events !== null && <Calendar events={events} />}
    </Panel>
  );
}

function useFeed(): { events: readonly CareerEvent[] | null; failed: boolean; read: () => void } {
  const [events, setEvents] = useState<readonly CareerEvent[] | null>(null);
  const [failed, setFailed] = useState(false);
  const read = useCallback((): void => {
    setFailed(false);
    fetchEventFeed().then(
      (feed) => setEvents(eventsOfFeed(feed)),
      () => setFailed(true),
    );
  }, []);
  useEffect(read, []);
  return { events, failed, read };
}

function Calendar({ events }: { events: readonly CareerEvent[] }) {
  const { now } = usePage();
  const today = dayIn(now);
  const title = useId();
  const [day, setDay] = useState(today);
  const [city, setCity] = useState('');
  const cities = useMemo(() => [...new Set(events.map((event) => event.city ?? '').filter((name) => name !== ''))], [events]);
  const byDay = useMemo(() => groupedByDay(events.filter((event) => city === '' || event.city === city)), [events, city]);
  const [year = 0, month = 0] = day.split('-').map(Number);
  const next = [...byDay.keys()].sort().find((date) => date >= today && date !== day);
  const empty = (byDay.get(day) ?? []).length === 0;

  return (
    <>
      {cities.length > 1 && <CityChoice cities={cities} city={city} onChoose={setCity} />}
      <div class="month-head">
        <button type="button" class="icon-button" aria-label={calendarTexts.previous} onClick={() => setDay(monthsOn(day, -1))}>
          <ArrowIcon back />
        </button>
        <h3 id={title} aria-live="polite">
          {calendarTexts.monthTitle(year, month)}
        </h3>
        <button type="button" class="icon-button" aria-label={calendarTexts.next} onClick={() => setDay(monthsOn(day, 1))}>
          <ArrowIcon />
        </button>
        <button type="button" class="chip" disabled={day === today} onClick={() => setDay(today)}>
          {calendarTexts.toToday}
        </button>
      </div>
      <MonthGrid day={day} today={today} labelledBy={title} countOn={(date) => byDay.get(date)?.length ?? 0} onChoose={setDay} />
      <DayList day={day} events={byDay.get(day) ?? []}>
        {empty && next !== undefined && (
          <button type="button" class="chip" onClick={() => setDay(next)}>
            {calendarTexts.nextWith(shortDate(next, now))}
          </button>
        )}
      </DayList>
      {events.length === 0 && <p class="panel-empty">{calendarTexts.empty}</p>}
      <SubscribeLink city={city} />
    </>
  );
}

function CityChoice({ cities, city, onChoose }: { cities: readonly string[]; city: string; onChoose: (city: string) => void }) {
  const id = useId();
  return (
    <p class="city-choice">
      <label for={id}>{calendarTexts.city}</label>
      <select id={id} value={city} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{calendarTexts.everywhere}</option>
        {cities.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}

function DayList({ day, events, children }: { day: string; events: readonly CareerEvent[]; children: ComponentChildren }) {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return (
    <section class="day-events" aria-live="polite">
      <h3>
        {calendarTexts.dayTitle(month, date, eventTexts.weekdays[weekdayOf(day)] ?? '')}
        <span class="day-total">{calendarTexts.count(events.length)}</span>
      </h3>
      <ul class="events">
        {events.map((event) => (
          <li key={event.id}>
            <EventCard event={event} level={4} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

function groupedByDay(events: readonly CareerEvent[]): Map<string, CareerEvent[]> {
  const days = new Map<string, CareerEvent[]>();
  for (const event of events) {
    for (const day of daysOf(event)) days.set(day, [...(days.get(day) ?? []), event]);
  }
  return days;
}
