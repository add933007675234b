import type { CareerEvent, EventsPayload } from '../../api/types';
import { withoutItems } from '../../text/repeats';
import { eventTexts } from '../../texts/events';
import { CalendarIcon } from '../icons';
import { usePage } from '../page';
import { TextBubble } from '../TextBubble';
import { EventCard } from './EventCard';

/** Fairs and talks that answer a question, and the way to the calendar of all of them. */
export function Events({ text, payload }: { text: string; payload: Partial<EventsPayload> }) {
  const { openCalendar } = usePage();
  const items = payload.items ?? [];
  const upcoming = payload.upcoming ?? [];
  const total = payload.total ?? items.length;
  return (
    <div class="stack">
      <TextBubble text={withoutItems(text, [...items, ...upcoming])} />
      <EventList items={items} label={eventTexts.list(total)} />
      <EventList items={upcoming} label={eventTexts.upcoming} />
      {total > items.length && items.length > 0 && <p class="row-sub">{eventTexts.more(items.length, total)}</p>}
      <button type="button" class="chip with-icon" onClick={openCalendar}>
        <CalendarIcon />
        {eventTexts.openFromCard}
      </button>
    </div>
  );
}

function EventList({ items, label }: { items: readonly CareerEvent[]; label: string }) {
  if (items.length === 0) return null;
  return (
    <ul class="events" aria-label={label}>
      {items.map((event) => (
        <li key={event.id}>
          <EventCard event={event} />
        </li>
      ))}
    </ul>
  );
}
