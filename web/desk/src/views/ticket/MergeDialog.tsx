import { Checkbox, Input, Modal, Spin } from 'antd';
import { useState } from 'react';

import { LISTS, mergeTickets, TICKET, type TicketOpened, useSameQuestions } from '../../api/tickets';
import { LoadFailure } from '../../parts/LoadFailure';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.ticket;
const MOST = 4000;

/** One answer for everybody who waits on the same question. */
export default function MergeDialog({ ticket, close }: { ticket: TicketOpened; close: () => void }) {
  const same = useSameQuestions(ticket.number);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [clientId] = useState(() => crypto.randomUUID());
  const others = same.data?.items ?? [];
  const chosen = [ticket.number, ...others.map((one) => one.number).filter((number) => !left.has(number))];
  const merging = useSaying({ mutationFn: () => mergeTickets(chosen, text.trim(), clientId), outdates: [TICKET, LISTS], done: ({ answered, skipped }) => words.merged(answered.length, skipped.length), onSuccess: close });
  const toggle = (number: string) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(number)) after.add(number);
      return after;
    });
  return (
    <Modal
      open
      width={640}
      title={words.mergeTitle}
      okText={words.mergeSend(chosen.length)}
      okButtonProps={{ disabled: chosen.length < 2 || !text.trim() }}
      confirmLoading={merging.isPending}
      onOk={() => merging.mutate()}
      onCancel={close}
    >
      <p>{words.mergeHint}</p>
      {same.isPending && <Spin />}
      {same.isLoadingError && <LoadFailure error={same.error} again={() => void same.refetch()} />}
      {same.isSuccess && others.length === 0 && <p className="soft">{words.mergeNone}</p>}
      <ul className="rows">
        {others.map((one) => (
          <li key={one.number}>
            <Checkbox checked={!left.has(one.number)} onChange={() => toggle(one.number)}>
              {[one.topic, one.college].filter(Boolean).join(' · ')}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Input.TextArea value={text} maxLength={MOST} rows={4} placeholder={words.mergePlaceholder} aria-label={words.mergePlaceholder} onChange={(event) => setText(event.target.value)} />
    </Modal>
  );
}
