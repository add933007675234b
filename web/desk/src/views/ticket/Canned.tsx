import { Input, Spin } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useCannedReplies } from '../../api/canned';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';

const words = texts.ticket;

/** Replies written often, filled in for this request; what is not known stays in braces, to be seen. */
export function Canned({ number, use }: { number: string; use: (text: string) => void }) {
  const replies = useCannedReplies(number);
  const [sought, setSought] = useState('');
  const shown = (replies.data?.items ?? []).filter((one) => `${one.title}\n${one.text}`.includes(sought.trim()));
  return (
    <div className="canned">
      <Input autoFocus allowClear value={sought} placeholder={words.cannedSearch} aria-label={words.cannedSearch} onChange={(event) => setSought(event.target.value)} />
      {replies.isPending && <Spin />}
      {replies.isLoadingError && <LoadFailure error={replies.error} again={() => void replies.refetch()} />}
      {replies.isSuccess && shown.length === 0 && <p className="soft">{words.cannedEmpty}</p>}
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => use(one.filled)}>
              <strong>{one.title}</strong>
              <span>{one.filled}</span>
            </button>
          </li>
        ))}
      </ul>
      <Link to="/canned">{words.cannedManage}</Link>
    </div>
  );
}
