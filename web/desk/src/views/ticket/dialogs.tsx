import { Button, DatePicker, Input, Modal, Radio, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { useColleagues } from '../../api/people';
import { LABELS, labelTicket, LISTS, prioritise, resolve, snooze, TICKET, type TicketOpened, transfer, useLabels } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { quickMoments } from '../../text/snooze';
import { inChina } from '../../text/time';
import { texts } from '../../texts';

const words = texts.ticket;
const outdatesOf = (number: string) => [[...TICKET, number], LISTS];
const LONGEST_NOTE = 2000;

export type Dialog = 'resolve' | 'snooze' | 'transfer' | 'labels' | 'priority';

/** The dialogue of this name. */
export default function Dialogs({ name, ticket, close }: { name: Dialog; ticket: TicketOpened; close: () => void }) {
  const asked = { number: ticket.number, close };
  if (name === 'resolve') return <ResolveDialog {...asked} />;
  if (name === 'snooze') return <SnoozeDialog {...asked} />;
  if (name === 'transfer') return <TransferDialog {...asked} />;
  if (name === 'labels') return <LabelDialog ticket={ticket} close={close} />;
  return <PriorityDialog ticket={ticket} close={close} />;
}

interface Asked {
  number: string;
  close: () => void;
}

function ResolveDialog({ number, close }: Asked) {
  const [note, setNote] = useState('');
  const resolving = useSaying({ mutationFn: () => resolve(number, note.trim()), outdates: outdatesOf(number), done: words.resolved, onSuccess: close });
  return (
    <Modal open title={words.resolveTitle} okText={words.resolve} onOk={() => resolving.mutate()} confirmLoading={resolving.isPending} onCancel={close}>
      <p>{words.resolveHint}</p>
      <Input.TextArea value={note} maxLength={LONGEST_NOTE} rows={3} placeholder={words.resolveNote} aria-label={words.resolveNote} onChange={(event) => setNote(event.target.value)} />
    </Modal>
  );
}

function SnoozeDialog({ number, close }: Asked) {
  const [until, setUntil] = useState<Dayjs | null>(null);
  const snoozing = useSaying({ mutationFn: (moment: Dayjs) => snooze(number, moment.toISOString()), outdates: outdatesOf(number), done: words.snoozed, onSuccess: close });
  return (
    <Modal
      open
      title={words.snoozeUntil}
      okText={words.snooze}
      okButtonProps={{ disabled: !until }}
      confirmLoading={snoozing.isPending}
      onOk={() => until && snoozing.mutate(until)}
      onCancel={close}
    >
      <div className="quick">
        {quickMoments(inChina(Date.now())).map(({ name, moment }) => (
          <Button key={name} onClick={() => snoozing.mutate(moment)}>
            {words.quick[name]}
          </Button>
        ))}
      </div>
      <DatePicker showTime={{ format: 'HH:mm', minuteStep: 10 }} format="YYYY-MM-DD HH:mm" minDate={inChina(Date.now())} value={until} onChange={setUntil} aria-label={words.snoozeUntil} />
    </Modal>
  );
}

function TransferDialog({ number, close }: Asked) {
  const { me } = useSession();
  const colleagues = useColleagues();
  const [to, setTo] = useState<number | null>(null);
  const takers = (colleagues.data?.items ?? []).filter((one) => one.active && one.id !== me.id && one.role !== 'read_only' && one.role !== 'reviewer');
  const nameOf = (id: number) => takers.find((one) => one.id === id)?.display_name ?? '';
  const transferring = useSaying({
    mutationFn: (id: number) => transfer(number, id),
    outdates: outdatesOf(number),
    done: (_, id) => words.transferred(nameOf(id)),
    onSuccess: close,
  });
  const options = takers.map((one) => ({
    value: one.id,
    label: `${one.display_name}（${[one.college, texts.shell.presence[one.presence], one.leave_until && texts.people.onLeave(one.leave_until)].filter(Boolean).join('，')}）`,
  }));
  return (
    <Modal
      open
      title={words.transfer}
      okText={words.transfer}
      okButtonProps={{ disabled: to === null }}
      confirmLoading={transferring.isPending}
      onOk={() => to !== null && transferring.mutate(to)}
      onCancel={close}
    >
      <Select
        autoFocus
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={words.transferTo}
        aria-label={words.transferTo}
        loading={colleagues.isPending}
        options={options}
        value={to}
        onChange={setTo}
        style={{ width: '100%' }}
      />
    </Modal>
  );
}

function LabelDialog({ ticket, close }: { ticket: TicketOpened; close: () => void }) {
  const known = useLabels();
  const [labels, setLabels] = useState<string[]>([...ticket.labels]);
  const saving = useSaying({ mutationFn: () => labelTicket(ticket.number, labels), outdates: [...outdatesOf(ticket.number), LABELS], done: texts.common.saved, onSuccess: close });
  return (
    <Modal open title={words.labels} okText={texts.common.save} confirmLoading={saving.isPending} onOk={() => saving.mutate()} onCancel={close}>
      <Select
        mode="tags"
        autoFocus
        maxCount={10}
        placeholder={words.labelsPlaceholder}
        aria-label={words.labels}
        options={(known.data?.items ?? []).map(({ label }) => ({ value: label, label }))}
        value={labels}
        onChange={setLabels}
        style={{ width: '100%' }}
      />
    </Modal>
  );
}

function PriorityDialog({ ticket, close }: { ticket: TicketOpened; close: () => void }) {
  const [priority, setPriority] = useState(ticket.priority);
  const saving = useSaying({ mutationFn: () => prioritise(ticket.number, priority), outdates: outdatesOf(ticket.number), done: texts.common.saved, onSuccess: close });
  const options = (['urgent', 'high', 'normal'] as const).map((value) => ({ value, label: texts.inbox.priorities[value] }));
  return (
    <Modal open title={words.priority} okText={texts.common.save} confirmLoading={saving.isPending} onOk={() => saving.mutate()} onCancel={close}>
      <Radio.Group optionType="button" options={options} value={priority} onChange={(event) => setPriority(event.target.value as typeof priority)} />
    </Modal>
  );
}
