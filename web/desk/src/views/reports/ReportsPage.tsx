import { DownloadOutlined } from '@ant-design/icons';
import { Button, DatePicker, Segmented, Spin, Table } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useMemo, useState } from 'react';

import { type BreakdownView, conversationsAddress, type FigureView, type PeriodKind, reportAddress, type ReportView, useReport } from '../../api/reports';
import { useHours } from '../../api/hours';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { inChina } from '../../text/time';
import { texts } from '../../texts';
import './reports.css';

// Charts weigh as much as all the rest: they come when there is something to draw.
const Chart = lazy(() => import('./Chart').then(({ Chart: chart }) => ({ default: chart })));

const words = texts.reports;
const KINDS = (Object.keys(words.periods) as PeriodKind[]).map((value) => ({ value, label: words.periods[value] }));
const FORMAT = 'YYYY-MM-DD';

/** What was done in a period, each figure with its definition; pictures for those that are made up of parts. */
export default function ReportsPage() {
  const hours = useHours();
  if (!hours) return <Spin className="page-wait" />;
  return <Chosen today={inChina(Date.now() + hours.ahead).format(FORMAT)} />;
}

function Chosen({ today }: { today: string }) {
  const { may } = useSession();
  const [kind, setKind] = useState<PeriodKind>('week');
  const [day, setDay] = useState(today);
  const report = useReport(kind, day);
  if (report.isLoadingError) return <LoadFailure error={report.error} again={() => void report.refetch()} />;
  const shown = report.data;
  const actions = (
    <div className="page-actions">
      <Segmented options={KINDS} value={kind} onChange={setKind} />
      <DatePicker allowClear={false} aria-label={words.from} value={dayjs(day)} onChange={(chosen) => chosen && setDay(chosen.format(FORMAT))} />
      <Button icon={<DownloadOutlined />} href={reportAddress(kind, day)}>
        {words.csv}
      </Button>
      {may('care_export') && shown && (
        <Button icon={<DownloadOutlined />} href={conversationsAddress(shown.first, shown.last)}>
          {words.conversations}
        </Button>
      )}
    </div>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      {shown ? <Shown report={shown} /> : <Spin className="page-wait" />}
    </Page>
  );
}

function Shown({ report }: { report: ReportView }) {
  return (
    <>
      <h2 className="report-span">{words.span(report.first, report.last)}</h2>
      {report.note && <p className="soft">{report.note}</p>}
      <Sheet>
        <Figures figures={report.figures} />
      </Sheet>
      <div className="breakdowns">
        {report.breakdowns.map((breakdown) => (
          <Sheet key={breakdown.name} title={breakdown.label}>
            <Breakdown breakdown={breakdown} />
          </Sheet>
        ))}
      </div>
    </>
  );
}

function Figures({ figures }: { figures: readonly FigureView[] }) {
  return (
    <Table<FigureView>
      rowKey="name"
      size="small"
      dataSource={[...figures]}
      pagination={false}
      scroll={{ x: 560 }}
      columns={[
        { title: words.figure, dataIndex: 'label', width: 200 },
        { title: words.value, width: 130, render: (_, one) => (one.value === null ? words.none : `${one.value} ${one.unit}`) },
        { title: words.definition, dataIndex: 'definition', className: 'soft' },
      ]}
    />
  );
}

const OVER_TIME = /_by_(day|week)$/;

function Breakdown({ breakdown }: { breakdown: BreakdownView }) {
  const cells = useMemo(() => breakdown.cells.map(({ name, value }) => ({ name, value })), [breakdown]);
  if (cells.length === 0) return <p className="soft">{words.empty}</p>;
  return (
    <>
      {cells.length > 1 && (
        <Suspense fallback={<Spin />}>
          <Chart title={breakdown.label} cells={cells} kind={OVER_TIME.test(breakdown.name) ? 'line' : 'bar'} />
        </Suspense>
      )}
      <details open={cells.length === 1}>
        <summary>{words.group}</summary>
        <dl className="cells">
          {cells.map((cell) => (
            <div key={cell.name}>
              <dt>{cell.name}</dt>
              <dd>{cell.value ?? words.hidden}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
