import { Link } from 'react-router';

import type { TicketRow } from '../../api/tickets';
import { useSession } from '../../app/session';
import { DeadlineMark, DueMark, LabelMarks, PriorityMark } from '../../parts/Marks';
import { fullMoment, shortMoment } from '../../text/time';
import { texts } from '../../texts';

/** One request of the list: what it is about, how soon, whose it is. */
export function Row({ ticket, search, current }: { ticket: TicketRow; search: string; current: boolean }) {
  const { me, drafts, seen } = useSession();
  const isNew = ticket.state !== 'resolved' && seen.isNew(ticket.number, ticket.updated_at);
  const where = [ticket.college, ticket.cohort && texts.inbox.yearOf(ticket.cohort), ticket.category].filter(Boolean).join(' · ');
  return (
    <Link to={{ pathname: `/tickets/${ticket.number}`, search }} className="row" aria-current={current ? 'true' : undefined} data-unread={isNew}>
      <span className="row-line">
        {isNew && (
          <span className="row-unread">
            <span className="unseen">{texts.inbox.unread}</span>
          </span>
        )}
        <PriorityMark priority={ticket.priority} />
        <span className="row-topic">{ticket.topic}</span>
        <time className="row-time" dateTime={ticket.updated_at} title={fullMoment(ticket.updated_at)}>
          {shortMoment(ticket.updated_at)}
        </time>
      </span>
      <span className="row-line row-foot">
        <DueMark ticket={ticket} />
        <DeadlineMark deadline={ticket.deadline} />
        {ticket.snoozed_until && ticket.state === 'snoozed' && <span className="mark">{texts.inbox.snoozedUntil(shortMoment(ticket.snoozed_until))}</span>}
        <span className="mark">{whose(ticket, me.id)}</span>
        {drafts.begun().has(ticket.number) && <span className="mark mark-soon">{texts.inbox.draft}</span>}
        {ticket.times_asked > 1 && <span className="mark mark-soon">{texts.inbox.asked(ticket.times_asked)}</span>}
        <LabelMarks labels={ticket.labels} />
        <span className="row-where">{where}</span>
      </span>
    </Link>
  );
}

function whose(ticket: TicketRow, me: number): string {
  if (ticket.assignee) return ticket.assignee.id === me ? texts.inbox.mine : ticket.assignee.name;
  if (ticket.offered_to?.id === me) return texts.inbox.offered;
  return ticket.state === 'resolved' ? texts.inbox.states.resolved : texts.inbox.unassigned;
}
