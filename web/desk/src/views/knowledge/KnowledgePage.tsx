import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Pagination, Popconfirm, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { approveDraft, type DraftForm, DRAFTS, type DraftState, type DraftView, PAGE_SIZE, rejectDraft, retireDraft, useDrafts, useTopics } from '../../api/knowledge';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { fullMoment } from '../../text/time';
import { texts } from '../../texts';
import DraftEditor from './DraftEditor';
import './knowledge.css';

const words = texts.knowledge;
const STATES = (Object.keys(words.states) as DraftState[]).map((value) => ({ value, label: words.states[value] }));

/** Entries written from good answers: what waits for a second pair of eyes, what was adopted, what went back. */
export default function KnowledgePage() {
  const { may } = useSession();
  const [state, setState] = useState<DraftState>('waiting');
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<DraftView | 'new' | null>(null);
  const drafts = useDrafts(state, page);
  if (drafts.isLoadingError) return <LoadFailure error={drafts.error} again={() => void drafts.refetch()} />;
  const choose = (chosen: DraftState) => {
    setState(chosen);
    setPage(1);
  };
  const actions = (
    <div className="page-actions">
      <Segmented options={STATES} value={state} onChange={choose} />
      {may('knowledge_draft') && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {words.add}
        </Button>
      )}
    </div>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      {drafts.isPending && <Spin />}
      {drafts.data?.total === 0 && <p className="soft">{words.empty[state]}</p>}
      {drafts.data?.items.map((draft) => (
        <Draft key={draft.id} draft={draft} rewrite={() => setEditing(draft)} />
      ))}
      <Pagination hideOnSinglePage current={page} pageSize={PAGE_SIZE} total={drafts.data?.total ?? 0} showSizeChanger={false} onChange={setPage} />
      {editing && (
        <DraftEditor
          begun={editing === 'new' ? {} : (editing.entry as Partial<DraftForm>)}
          draftId={editing === 'new' ? null : editing.id}
          ticket={null}
          close={() => setEditing(null)}
        />
      )}
    </Page>
  );
}

function Draft({ draft, rewrite }: { draft: DraftView; rewrite: () => void }) {
  const { me, may } = useSession();
  const topics = useTopics();
  const [asking, setAsking] = useState<'reject' | 'retire' | null>(null);
  const approving = useSaying({ mutationFn: () => approveDraft(draft.id), outdates: [DRAFTS], done: words.approved });
  const entry = draft.entry as Partial<DraftForm>;
  const isOwn = draft.author_id === me.id;
  const mayJudge = may('knowledge_review') && !isOwn;
  return (
    <Sheet title={entry.title ?? ''}>
      <dl className="draft">
        <dt>{words.topic}</dt>
        <dd>{topics.data?.find((topic) => topic.value === entry.topic)?.label ?? entry.topic}</dd>
        <dt>{words.question}</dt>
        <dd>{[entry.question, ...(entry.other_questions ?? [])].join('；')}</dd>
        <dt>{texts.canned.text}</dt>
        <dd className="printed">{[entry.answer, ...(entry.steps ?? []).map((step, index) => `${index + 1}. ${step}`)].join('\n')}</dd>
        <dt>{words.decides}</dt>
        <dd>{entry.decides}</dd>
        <dt>{words.basis}</dt>
        <dd>{(entry.basis ?? []).map((own) => [own.law, own.number, own.article, own.date].filter(Boolean).join(' ')).join('；')}</dd>
      </dl>
      <p className="soft">
        {words.by(draft.author, fullMoment(draft.created_at))}
        {draft.reviewer && draft.reviewed_at && ` · ${words.reviewed(draft.reviewer, fullMoment(draft.reviewed_at))}`}
        {draft.ticket && (
          <>
            {' · '}
            <Link to={`/tickets/${draft.ticket}`}>{words.fromTicket(draft.ticket)}</Link>
          </>
        )}
      </p>
      {draft.reason && <p>{words.reason(draft.reason)}</p>}
      <div className="page-actions">
        {draft.state === 'waiting' && isOwn && <span className="soft">{words.own}</span>}
        {draft.state === 'waiting' && mayJudge && (
          <>
            <Popconfirm title={words.approveAsk} onConfirm={() => approving.mutate()}>
              <Button type="primary" loading={approving.isPending}>
                {words.approve}
              </Button>
            </Popconfirm>
            <Button onClick={() => setAsking('reject')}>{words.reject}</Button>
          </>
        )}
        {draft.state === 'approved' && may('knowledge_review') && <Button onClick={() => setAsking('retire')}>{words.retire}</Button>}
        {(draft.state === 'waiting' || draft.state === 'rejected') && isOwn && <Button onClick={rewrite}>{words.rewrite}</Button>}
      </div>
      {asking && <ReasonDialog draft={draft} what={asking} close={() => setAsking(null)} />}
    </Sheet>
  );
}

function ReasonDialog({ draft, what, close }: { draft: DraftView; what: 'reject' | 'retire'; close: () => void }) {
  const [reason, setReason] = useState('');
  const label = what === 'reject' ? words.rejectReason : words.retireReason;
  const judging = useSaying({
    mutationFn: () => (what === 'reject' ? rejectDraft(draft.id, reason.trim()) : retireDraft(draft.id, reason.trim())),
    outdates: [DRAFTS],
    done: what === 'reject' ? words.rejected : words.retired,
    onSuccess: close,
  });
  return (
    <Modal open title={label} okText={words[what]} okButtonProps={{ disabled: !reason.trim() }} confirmLoading={judging.isPending} onOk={() => judging.mutate()} onCancel={close}>
      <Input.TextArea autoFocus rows={3} maxLength={500} value={reason} aria-label={label} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}
