import { useHours } from '../api/hours';
import type { TicketRow } from '../api/tickets';
import { useNow } from '../app/useNow';
import { fullMoment, span } from '../text/time';
import { leftOf } from '../text/due';
import { texts } from '../texts';
import './parts.css';

const words = texts.inbox.due;

export function PriorityMark({ priority }: { priority: TicketRow['priority'] }) {
  if (priority === 'normal') return null;
  return <span className={`mark mark-${priority}`}>{texts.inbox.priorities[priority]}</span>;
}

/** The day that a request is about, once it is near. */
export function DeadlineMark({ deadline }: { deadline: TicketRow['deadline'] }) {
  if (!deadline) return null;
  return <span className="mark mark-soon">{`${deadline.title} ${deadline.day.slice(5)}，${texts.deadlines.left(deadline.days_left)}`}</span>;
}

export function LabelMarks({ labels }: { labels: readonly string[] }) {
  return labels.map((label) => (
    <span key={label} className="mark mark-label">
      {label}
    </span>
  ));
}

/** The working time left of the promise; it stands still while nobody works. */
export function DueMark({ ticket }: { ticket: TicketRow }) {
  const browserNow = useNow();
  const hours = useHours();
  if (ticket.promise_kept !== null) {
    return <span className={`mark ${ticket.promise_kept ? 'mark-done' : 'mark-over'}`}>{ticket.promise_kept ? words.done : words.missed}</span>;
  }
  if (!hours || ticket.state === 'resolved') return null;
  const { seconds, urgency, running } = leftOf(Date.parse(ticket.promise_due), browserNow + hours.ahead, hours.shifts, ticket.priority === 'urgent');
  const said = urgency === 'over' ? words.over : running ? words.left : words.paused;
  return (
    <span className={`mark mark-${urgency}`} title={words.title(fullMoment(ticket.promise_due))}>
      {said(span(seconds))}
    </span>
  );
}
