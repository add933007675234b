import type { TicketOpened } from '../../api/tickets';
import { LabelMarks } from '../../parts/Marks';
import { fullMoment, shortMoment } from '../../text/time';
import { texts } from '../../texts';

const words = texts.ticket;

/** Who asks, how to reach them, and what happened to the request so far. */
export function Aside({ ticket }: { ticket: TicketOpened }) {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [words.number, ticket.number],
    [texts.inbox.topic, ticket.category],
    [words.college, ticket.college],
    [words.cohort, ticket.cohort ? texts.inbox.yearOf(ticket.cohort) : null],
    [words.contact, ticket.contact ?? words.noContact],
    [words.satisfaction, ticket.satisfaction ? words.satisfactions[ticket.satisfaction] : null],
  ];
  return (
    <aside className="aside" aria-label={words.details}>
      <h2>{words.details}</h2>
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} className="contents">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {ticket.labels.length > 0 && (
        <p>
          <LabelMarks labels={ticket.labels} />
        </p>
      )}
      <h2>{words.history}</h2>
      <ol className="history">
        {ticket.events.map((event, index) => (
          <li key={index}>
            <time dateTime={event.at} title={fullMoment(event.at)} className="soft">
              {shortMoment(event.at)}
            </time>{' '}
            {`${event.name ?? words.actors[event.actor] ?? ''} ${words.events[event.action] ?? event.action}`}
          </li>
        ))}
      </ol>
    </aside>
  );
}
