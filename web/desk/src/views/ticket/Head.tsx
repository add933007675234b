import { LeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import type { TicketOpened } from '../../api/tickets';
import { useBroad } from '../../app/useMedia';
import { useSession } from '../../app/session';
import { DueMark, PriorityMark } from '../../parts/Marks';
import { texts } from '../../texts';
import { Actions } from './Actions';

/** What the request is, how it stands, who else looks, and what can be done with it. */
export function Head({ ticket }: { ticket: TicketOpened }) {
  const { me } = useSession();
  const broad = useBroad();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const others = ticket.viewers.filter((viewer) => viewer.id !== me.id);
  const typing = others.filter((viewer) => viewer.typing);
  const names = (viewers: readonly { name: string }[]) => viewers.map((viewer) => viewer.name).join('、');

  return (
    <header className="ticket-head">
      {!broad && (
        <Button
          type="text"
          icon={<LeftOutlined />}
          aria-label={texts.ticket.backToList}
          onClick={() => void navigate({ pathname: '/tickets', search: params.toString() })}
        />
      )}
      <div className="ticket-title">
        <PriorityMark priority={ticket.priority} />
        <h1>{ticket.topic}</h1>
        <span className="mark">{texts.inbox.states[ticket.state]}</span>
        <DueMark ticket={ticket} />
      </div>
      <Actions ticket={ticket} />
      {others.length > 0 && (
        <p className="ticket-others" role="status">
          {typing.length > 0 ? texts.ticket.typing(names(typing)) : texts.ticket.viewing(names(others))}
        </p>
      )}
    </header>
  );
}
