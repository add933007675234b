import { Button, Result, Spin } from 'antd';
import { useEffect } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';

import { Failure } from '../../api/failure';
import { useTicket } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useWide } from '../../app/useMedia';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { Aside } from './Aside';
import { Brief } from './Brief';
import { Channel } from './Channel';
import { Conversation } from './Conversation';
import { Head } from './Head';
import { ReplyBox } from './ReplyBox';
import { SamePerson } from './SamePerson';
import { useViewing } from './useViewing';
import './ticket.css';

const NOT_FOUND = 404;

/** One request: what the bot knew, what was said, and where the counsellor answers. */
export default function TicketView() {
  const { number = '' } = useParams();
  return <Opened key={number} number={number} />;
}

function Opened({ number }: { number: string }) {
  const wide = useWide();
  const ticket = useTicket(number);
  const { may, seen } = useSession();
  const typing = useViewing(number, ticket.isSuccess && may('tickets_work'));
  const updatedAt = ticket.data?.updated_at;
  useEffect(() => {
    if (updatedAt) seen.look(number, updatedAt);
  }, [seen, number, updatedAt]);

  if (ticket.isPending) return <Spin className="page-wait ticket" />;
  if (ticket.error instanceof Failure && ticket.error.status === NOT_FOUND) return <Gone />;
  // What was read stays while a later attempt fails: a server that starts again takes no half-typed reply away.
  if (ticket.isLoadingError) return <LoadFailure error={ticket.error} again={() => void ticket.refetch()} />;
  return (
    <article className="ticket" aria-label={ticket.data.topic}>
      <div className="ticket-main">
        <Head ticket={ticket.data} />
        <SamePerson ticket={ticket.data} />
        <Conversation ticket={ticket.data} top={<Brief brief={ticket.data.brief} />} />
        <Channel number={number} />
        <ReplyBox ticket={ticket.data} typing={typing} />
      </div>
      {wide && <Aside ticket={ticket.data} />}
    </article>
  );
}

function Gone() {
  const [params] = useSearchParams();
  return (
    <div className="ticket">
      <Result
        status="info"
        title={texts.ticket.gone}
        extra={
          <Link to={{ pathname: '/tickets', search: params.toString() }}>
            <Button type="primary">{texts.ticket.backToList}</Button>
          </Link>
        }
      />
    </div>
  );
}
