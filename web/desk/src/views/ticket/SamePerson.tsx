import { Button, Popconfirm } from 'antd';
import { Link } from 'react-router';

import { joinTickets, LISTS, TICKET, type TicketOpened } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import './insert.css';

const words = texts.ticket;

/** Other open requests of whoever left the same contact; each can be joined into this one. */
export function SamePerson({ ticket }: { ticket: TicketOpened }) {
  const { may } = useSession();
  const joining = useSaying({
    mutationFn: (other: string) => joinTickets(other, ticket.number),
    outdates: [TICKET, LISTS],
    done: (_, other) => words.joinedHere(other),
  });
  if (ticket.same_person.length === 0 && ticket.joined.length === 0) return null;
  return (
    <section className="same-person" aria-label={words.samePerson(ticket.same_person.length)}>
      {ticket.same_person.length > 0 && (
        <p title={words.samePersonHint}>
          <strong>{words.samePerson(ticket.same_person.length)}</strong>
        </p>
      )}
      <ul>
        {ticket.same_person.map((other) => (
          <li key={other}>
            <Link to={`/tickets/${other}`}>{other}</Link>
            {may('tickets_merge') && (
              <Popconfirm title={words.joinAsk(other)} description={words.samePersonHint} onConfirm={() => joining.mutate(other)}>
                <Button size="small" loading={joining.isPending && joining.variables === other}>
                  {words.joinHere}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {ticket.joined.length > 0 && <p className="soft">{words.joinedBefore(ticket.joined.join('、'))}</p>}
    </section>
  );
}
