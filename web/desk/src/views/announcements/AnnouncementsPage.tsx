import { PlusOutlined } from '@ant-design/icons';
import { Button, Pagination, Popconfirm, Spin } from 'antd';
import { useState } from 'react';

import { ANNOUNCEMENTS, type AnnouncementView, endAnnouncement, PAGE_SIZE, useAnnouncements } from '../../api/announcements';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { day, fullMoment } from '../../text/time';
import { texts } from '../../texts';
import { Editor } from './Editor';
import './announcements.css';

const words = texts.announcements;

/** What is said to all graduates from a day until a day. */
export default function AnnouncementsPage() {
  const { may } = useSession();
  const [page, setPage] = useState(1);
  const [writing, setWriting] = useState(false);
  const rows = useAnnouncements(page);
  if (rows.isError) return <LoadFailure error={rows.error} again={() => void rows.refetch()} />;
  const add = may('announcements_manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting(true)}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={add}>
      {rows.isPending && <Spin />}
      {rows.data?.total === 0 && <p className="soft">{words.empty}</p>}
      {rows.data?.items.map((row) => (
        <Announcement key={row.id} row={row} />
      ))}
      <Pagination hideOnSinglePage current={page} pageSize={PAGE_SIZE} total={rows.data?.total ?? 0} showSizeChanger={false} onChange={setPage} />
      {writing && <Editor close={() => setWriting(false)} />}
    </Page>
  );
}

function Announcement({ row }: { row: AnnouncementView }) {
  const { may } = useSession();
  const ending = useSaying({ mutationFn: () => endAnnouncement(row.id), outdates: [ANNOUNCEMENTS], done: words.ended });
  const state = row.ended_at ? 'ended' : row.in_force ? 'on' : row.coming ? 'coming' : 'over';
  return (
    <Sheet>
      <p className="announcement-head">
        <span className={`mark ${row.kind === 'alert' ? 'mark-soon' : 'mark-label'}`}>{words.kinds[row.kind] ?? row.kind}</span>
        <span className={`mark ${state === 'on' ? 'mark-done' : ''}`}>{words.states[state]}</span>
        <span>{words.span(day(row.valid_from), day(row.valid_until))}</span>
      </p>
      <p className="printed">{row.text}</p>
      <div className="page-actions">
        <span className="soft">
          {words.by(row.by, fullMoment(row.created_at))}
          {row.ended_at && row.ended_by && `，${words.endedBy(row.ended_by, fullMoment(row.ended_at))}`}
        </span>
        {may('announcements_manage') && (state === 'on' || state === 'coming') && (
          <Popconfirm title={words.endAsk} onConfirm={() => ending.mutate()}>
            <Button loading={ending.isPending}>{words.end}</Button>
          </Popconfirm>
        )}
      </div>
    </Sheet>
  );
}
