import { Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { CARE, fileKey, type GraduateFile, linkTicket } from '../../api/care';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { shortMoment } from '../../text/time';
import { texts } from '../../texts';

const words = texts.graduates.file;

/** The graduate's requests, and the way to say that one is theirs. */
export function Tickets({ file }: { file: GraduateFile }) {
  const { may } = useSession();
  const [number, setNumber] = useState('');
  const linking = useSaying({
    mutationFn: (ticket: string) => linkTicket(file.id, ticket),
    outdates: [fileKey(file.id), CARE],
    done: words.linked,
    onSuccess: () => setNumber(''),
  });
  return (
    <>
      <ul className="rows">
        {file.tickets.map((ticket) => (
          <li key={ticket.number}>
            <Link to={`/tickets/${ticket.number}`}>{ticket.topic}</Link>
            <span className="soft">{shortMoment(ticket.created_at)}</span>
          </li>
        ))}
      </ul>
      {may('care_write') && (
        <Input.Search
          placeholder="ZW261201-…"
          aria-label={words.link}
          enterButton={words.link}
          value={number}
          maxLength={20}
          loading={linking.isPending}
          onChange={(event) => setNumber(event.target.value)}
          onSearch={(given) => given.trim() && linking.mutate(given.trim())}
        />
      )}
    </>
  );
}
