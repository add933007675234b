import { MoreOutlined } from '@ant-design/icons';
import { App as AntApp, Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';

import { giveBack, handBack, LISTS, reopen, TICKET, type TicketOpened } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useShortcuts } from '../../app/useShortcuts';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { begunFrom } from '../knowledge/begin';
import { useClaim } from './ClaimButton';
import type { Dialog } from './dialogs';
import { usesOf } from './standing';

// Date fields and long lists of colleagues weigh much and are seldom needed at first.
const Dialogs = lazy(() => import('./dialogs'));
const DraftEditor = lazy(() => import('../knowledge/DraftEditor'));
const MergeDialog = lazy(() => import('./MergeDialog'));

const words = texts.ticket;

/** What can be done with a request as it stands; the two that are done most are buttons, the rest is one step away. */
export function Actions({ ticket }: { ticket: TicketOpened }) {
  const { me, may } = useSession();
  const { modal } = AntApp.useApp();
  const [dialog, setDialog] = useState<Dialog | 'merge' | 'promote' | null>(null);
  const { number } = ticket;
  const outdates = [[...TICKET, number], LISTS];
  const claiming = useClaim(number);
  const returning = useSaying({ mutationFn: () => giveBack(number), outdates, done: words.returned });
  const handingBack = useSaying({ mutationFn: () => handBack(number), outdates, done: words.handbackDone });
  const reopening = useSaying({ mutationFn: () => reopen(number), outdates, done: words.reopened });
  const { canClaim, canReply, isMine, isOpen } = usesOf(ticket, me.id, may('tickets_work'));
  const mayTransfer = isOpen && (isMine || may('tickets_assign'));
  const askHandBack = () => void modal.confirm({ title: words.handback, content: words.handbackConfirm, onOk: () => handingBack.mutateAsync().catch(() => undefined) });

  useShortcuts({
    ...(canClaim ? { c: claiming.claim } : {}),
    ...(isMine && isOpen ? { e: () => setDialog('resolve'), s: () => setDialog('snooze') } : {}),
    ...(canReply ? { b: askHandBack } : {}),
    ...(mayTransfer ? { t: () => setDialog('transfer') } : {}),
  });

  const items = [
    ...(mayTransfer ? [{ key: 'transfer', label: words.transfer, onClick: () => setDialog('transfer') }] : []),
    ...(isMine && isOpen ? [{ key: 'snooze', label: words.snooze, onClick: () => setDialog('snooze') }] : []),
    ...(isMine && isOpen ? [{ key: 'return', label: words.returnToQueue, onClick: () => returning.mutate() }] : []),
    ...(may('tickets_work') ? [{ key: 'labels', label: words.labels, onClick: () => setDialog('labels') }] : []),
    ...(may('tickets_merge') && isOpen ? [{ key: 'merge', label: words.merge, onClick: () => setDialog('merge') }] : []),
    ...(may('knowledge_draft') ? [{ key: 'promote', label: texts.knowledge.promote, onClick: () => setDialog('promote') }] : []),
    ...(may('tickets_assign') && isOpen ? [{ key: 'priority', label: words.priority, onClick: () => setDialog('priority') }] : []),
  ];

  return (
    <div className="ticket-actions">
      {canReply && <Button onClick={askHandBack}>{words.handback}</Button>}
      {isMine && isOpen && <Button onClick={() => setDialog('resolve')}>{words.resolve}</Button>}
      {!isOpen && may('tickets_work') && (
        <Button loading={reopening.isPending} onClick={() => reopening.mutate()}>
          {words.reopen}
        </Button>
      )}
      {items.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button icon={<MoreOutlined />} aria-label={words.more} />
        </Dropdown>
      )}
      <Suspense>
        {dialog === 'promote' && <DraftEditor begun={begunFrom(ticket)} draftId={null} ticket={number} close={() => setDialog(null)} />}
        {dialog === 'merge' && <MergeDialog ticket={ticket} close={() => setDialog(null)} />}
        {dialog && dialog !== 'merge' && dialog !== 'promote' && <Dialogs name={dialog} ticket={ticket} close={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}
