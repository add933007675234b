import { Button, Dropdown, Popconfirm, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { correctDocument, type Corrections, type DocumentView, DOCUMENTS, restoreDocument, useDocument } from '../../api/documents';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { Clauses } from './Clauses';
import { ReplaceDialog, RetireDialog } from './dialogs';
import { Facts } from './Facts';
import { MetadataForm } from './MetadataForm';
import { Relations } from './Relations';
import { Remarks } from './Remarks';

const words = texts.documents;

/** One document: how it stands, what is doubtful about it, its clauses, and what can be done with it. */
export function DocumentPage() {
  const id = Number(useParams()['id']);
  const found = useDocument(id);
  if (found.isLoadingError) return <LoadFailure error={found.error} again={() => void found.refetch()} />;
  if (found.isPending)
    return (
      <div role="status" aria-label={texts.common.loading}>
        <Spin className="page-wait" />
      </div>
    );
  return <Document view={found.data} />;
}

function Document({ view }: { view: DocumentView }) {
  const { may } = useSession();
  const row = view.document;
  return (
    <Page title={row.title} actions={may('documents_manage') && <Actions view={view} />}>
      <p>
        <Link to="/documents">{words.back}</Link>
      </p>
      <Sheet>
        <Facts row={row} />
        <Remarks remarks={view.remarks} />
      </Sheet>
      {view.relations.length > 0 && (
        <Sheet title={words.relations}>
          <Relations id={row.id} relations={view.relations} />
        </Sheet>
      )}
      {view.evidence.length > 0 && (
        <Sheet title={words.evidence}>
          <ul className="evidence">
            {view.evidence.map(({ label, phrase }, index) => (
              <li key={`${label}-${index}`}>
                {label}：“{phrase}”
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <Sheet title={words.clauses}>
        <Clauses clauses={view.clauses} />
      </Sheet>
    </Page>
  );
}

function Actions({ view }: { view: DocumentView }) {
  const { id, retired_until: retired } = view.document;
  const go = useNavigate();
  const [open, setOpen] = useState<'correct' | 'retire' | 'replace' | null>(null);
  const close = () => setOpen(null);
  const correcting = useSaying({ mutationFn: (given: Corrections) => correctDocument(id, given), outdates: [DOCUMENTS], done: words.corrected, onSuccess: close });
  const restoring = useSaying({ mutationFn: () => restoreDocument(id), outdates: [DOCUMENTS], done: words.restored });
  const ways = [
    { key: 'upload', label: words.replaceUpload, onClick: () => void go(`/documents/upload?replaces=${id}`) },
    { key: 'pick', label: words.replacePick, onClick: () => setOpen('replace') },
  ];
  return (
    <div className="page-actions">
      <Button onClick={() => setOpen('correct')}>{words.correct}</Button>
      <Dropdown menu={{ items: ways }} trigger={['click']}>
        <Button>{words.replace}</Button>
      </Dropdown>
      {retired && (
        <Popconfirm title={words.restoreAsk} onConfirm={() => restoring.mutate()}>
          <Button loading={restoring.isPending}>{words.restore}</Button>
        </Popconfirm>
      )}
      <Button danger onClick={() => setOpen('retire')}>
        {words.retire}
      </Button>
      {open === 'correct' && <MetadataForm known={view} saving={correcting.isPending} save={(given) => correcting.mutate(given)} close={close} />}
      {open === 'retire' && <RetireDialog id={id} close={close} />}
      {open === 'replace' && <ReplaceDialog id={id} close={close} />}
    </div>
  );
}
