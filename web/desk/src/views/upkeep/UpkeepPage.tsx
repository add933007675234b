import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { type ExpiringView, type GapView, gapsAddress, type StillAskedView, useExpiring, useGapList, useStillAsked } from '../../api/upkeep';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { day, shortMoment } from '../../text/time';
import { texts } from '../../texts';
import { begunWith } from '../knowledge/begin';
import DraftEditor from '../knowledge/DraftEditor';
import { GapBreakdown } from './GapBreakdown';
import './upkeep.css';

const words = texts.upkeep;
const SPANS = [7, 30, 90, 180];
const AHEAD_DAYS = 60;
const asked = (at: string) => shortMoment(at);
const shared = { pagination: { pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }, scroll: { x: 860 } };

/** What graduates asked in vain, what will soon end, and what has ended and is still asked for. */
export default function UpkeepPage() {
  const { may } = useSession();
  const [days, setDays] = useState(30);
  const actions = (
    <div className="page-actions">
      <Segmented options={SPANS.map((value) => ({ value, label: words.lastDays(value) }))} value={days} onChange={setDays} />
      <Button icon={<DownloadOutlined />} href={gapsAddress(days)} download>
        {words.export}
      </Button>
    </div>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      <Gaps days={days} />
      {may('reports_read') && <GapBreakdown />}
      <ExpiringList />
      <StillAskedList days={days} />
    </Page>
  );
}

function Gaps({ days }: { days: number }) {
  const { may } = useSession();
  const [drafting, setDrafting] = useState<GapView | null>(null);
  const list = useGapList(days);
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  const questions: TableProps<GapView>['columns'] = [
    {
      title: words.question,
      width: 240,
      render: (_, { question, wordings }) => (
        <>
          {question}
          {wordings.length > 0 && <p className="soft wordings">{words.otherwise(wordings)}</p>}
        </>
      ),
    },
    { title: words.count, dataIndex: 'count', width: 70 },
    { title: words.why, width: 150, render: (_, { reasons }) => Object.keys(reasons).map((reason) => words.reasons[reason] ?? reason).join('、') },
    { title: words.weeks, width: 160, render: (_, { weeks }) => words.perWeek(weeks) },
    { title: words.last, dataIndex: 'last_asked', render: asked, width: 130 },
    {
      title: words.act,
      width: 190,
      render: (_, gap) => (
        <div className="page-actions">
          {may('knowledge_draft') && (
            <Button size="small" onClick={() => setDrafting(gap)}>
              {words.draft}
            </Button>
          )}
          <Link to={`/search-test?q=${encodeURIComponent(gap.question)}`}>{words.test}</Link>
        </div>
      ),
    },
  ];
  return (
    <Sheet title={words.gaps}>
      <Table<GapView> {...shared} loading={list.isPending} rowKey="question" dataSource={list.data?.items ?? []} locale={{ emptyText: words.noGaps }} columns={questions} />
      {drafting && (
        <DraftEditor
          begun={begunWith(drafting.question, drafting.wordings)}
          draftId={null}
          ticket={null}
          close={() => setDrafting(null)}
        />
      )}
    </Sheet>
  );
}

const documentLink = (_: unknown, { document_id: id, title }: { document_id: number; title: string }) => <Link to={`/documents/${id}`}>{title}</Link>;

function ExpiringList() {
  const list = useExpiring(AHEAD_DAYS);
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  return (
    <Sheet title={words.expiring}>
      <Table<ExpiringView>
        {...shared}
        loading={list.isPending}
        rowKey="document_id"
        dataSource={list.data?.items ?? []}
        locale={{ emptyText: words.noExpiring }}
        columns={[
          { title: words.document, render: documentLink },
          { title: words.lastDay, dataIndex: 'last_day', render: (last: string) => day(last), width: 150 },
          { title: words.days, dataIndex: 'days', width: 90 },
        ]}
      />
    </Sheet>
  );
}

function StillAskedList({ days }: { days: number }) {
  const list = useStillAsked(days);
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  return (
    <Sheet title={words.stillAsked}>
      <Table<StillAskedView>
        {...shared}
        loading={list.isPending}
        rowKey="document_id"
        dataSource={list.data?.items ?? []}
        locale={{ emptyText: words.noStillAsked }}
        columns={[
          { title: words.document, render: documentLink },
          { title: words.status, dataIndex: 'status_text', width: 110 },
          { title: words.askedWhat, render: (_, { questions }) => questions.join('；') },
          { title: words.count, dataIndex: 'count', width: 70 },
          { title: words.last, dataIndex: 'last_asked', render: asked, width: 130 },
        ]}
      />
    </Sheet>
  );
}
