import { SERVER } from '../../api/server';
import type { CareerEvent } from '../../api/types';
import { type EventState, daysOf, hoursOf, ownPath, stateAt, weekdayOf } from '../../text/event';
import { dayIn, longDate } from '../../text/format';
import { webAddress } from '../../text/posting';
import { eventTexts } from '../../texts/events';
import { usePage } from '../page';

const STATE_WORDS: Partial<Record<EventState, string>> = {
  past: eventTexts.past,
  running: eventTexts.running,
  today: eventTexts.today,
  cancelled: eventTexts.cancelled,
  postponed: eventTexts.postponed,
};

/** One fair or talk: the day as a block, then what, where and for whom. Those that are over are grey and say so. */
export function EventCard({ event, level = 2 }: { event: CareerEvent; level?: 2 | 4 }) {
  const { now } = usePage();
  const state = event.past ? 'past' : stateAt(event, now);
  const Title = level === 2 ? 'h2' : 'h4';
  const word = STATE_WORDS[state];
  return (
    <article class="event-card" data-state={state}>
      <DateBlock event={event} />
      <div class="event-said">
        <Title class="event-title">
          {event.title} {word !== undefined && <span class="event-state">{word}</span>}
        </Title>
        <p class="event-hours">{hoursOf(event, now)}</p>
        <EventFacts event={event} />
        {event.source && <p class="row-sub">{eventTexts.source(event.source, event.checked_at ? longDate(dayIn(event.checked_at)) : '')}</p>}
        <EventActions event={event} over={state === 'past' || state === 'cancelled'} />
      </div>
    </article>
  );
}

function DateBlock({ event }: { event: CareerEvent }) {
  const day = daysOf(event)[0];
  if (day === undefined) return null;
  const [, month, date] = day.split('-').map(Number);
  return (
    <time class="event-date" dateTime={day}>
      <span>{eventTexts.month(month ?? 0)}</span>
      <strong>
        {date}
        <span class="sr-only">{eventTexts.dayOfMonth}</span>
      </strong>
      <span>{eventTexts.weekday(weekdayOf(day))}</span>
    </time>
  );
}

function EventFacts({ event }: { event: CareerEvent }) {
  const where = [event.city, event.online ? eventTexts.online : null, event.place];
  const facts: [string, string][] = [
    [eventTexts.place, unrepeated(where)],
    [eventTexts.audience, event.audience ?? ''],
    [eventTexts.organiser, event.organiser ?? ''],
  ];
  return (
    <dl class="event-facts">
      {facts.map(
        ([name, value]) =>
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The parts of an address, without those that a longer one says again (长沙 · 长沙市体育馆). */
function unrepeated(parts: readonly (string | null | undefined)[]): string {
  const said = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return said.filter((part, index) => !said.some((other, at) => at !== index && other !== part && other.includes(part))).join(' · ');
}

function EventActions({ event, over }: { event: CareerEvent; over: boolean }) {
  const file = over ? null : ownPath(event.ics);
  const address = webAddress(event.url);
  if (file === null && address === null) return null;
  return (
    <div class="posting-actions">
      {file !== null && (
        <a class="chip" href={SERVER + file} download="" aria-label={eventTexts.addToCalendarOf(event.title)}>
          {eventTexts.addToCalendar}
        </a>
      )}
      {address !== null && (
        <a class="chip" href={address} target="_blank" rel="noopener noreferrer nofollow">
          {eventTexts.link}
        </a>
      )}
    </div>
  );
}
