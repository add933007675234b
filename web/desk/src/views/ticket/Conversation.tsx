import { type ReactNode, useEffect, useMemo, useRef } from 'react';

import type { TicketOpened } from '../../api/tickets';
import { texts } from '../../texts';
import { entriesOf } from './entries';
import { MessageItem, NoteItem } from './items';

const NEAR_END_PX = 160;

/** Everything said and noted, oldest first; stays at the end unless somebody reads further up. */
export function Conversation({ ticket, top }: { ticket: TicketOpened; top: ReactNode }) {
  const entries = useMemo(() => entriesOf(ticket.conversation, ticket.notes), [ticket.conversation, ticket.notes]);
  const frame = useRef<HTMLDivElement>(null);
  const readsAbove = useRef(false);
  const last = entries.at(-1)?.key;
  // Who has not taken the request yet reads the brief first; who holds it wants the last word.
  const fromTop = useRef(ticket.holder === null);

  useEffect(() => {
    const element = frame.current;
    if (element && !readsAbove.current && !fromTop.current) element.scrollTop = element.scrollHeight;
    fromTop.current = false;
  }, [last]);
  const watch = () => {
    const element = frame.current;
    if (element) readsAbove.current = element.scrollHeight - element.scrollTop - element.clientHeight > NEAR_END_PX;
  };

  return (
    <div className="conversation" ref={frame} onScroll={watch} tabIndex={0} role="region" aria-label={texts.ticket.log}>
      {top}
      <div role="log" aria-live="polite" className="entries">
        {entries.map((entry) =>
          entry.kind === 'note' ? <NoteItem key={entry.key} note={entry.note} /> : <MessageItem key={entry.key} message={entry.message} />,
        )}
      </div>
    </div>
  );
}
