import { useQuery } from '@tanstack/react-query';
import { DatePicker, Input, Table, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { api, brought } from '../../api/client';
import type { AuditEntry } from '../../api/schema';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { fullMoment } from '../../text/time';
import { texts } from '../../texts';
import './audit.css';

const PAGE_SIZE = 50;

interface Wish {
  page: number;
  action: string;
  subject: string;
  days: readonly [Dayjs, Dayjs] | null;
}

/** The record of who read and changed what; nothing here changes it. */
export default function AuditPage() {
  const [wish, setWish] = useState<Wish>({ page: 1, action: '', subject: '', days: null });
  const entries = useQuery({ queryKey: ['audit', wish.page, wish.action, wish.subject, wish.days?.map(String)], queryFn: () => read(wish), staleTime: 0 });
  const narrow = (change: Partial<Wish>) => setWish((before) => ({ ...before, page: 1, ...change }));
  if (entries.isLoadingError) return <LoadFailure error={entries.error} again={() => void entries.refetch()} />;

  return (
    <Page title={texts.audit.title} hint={texts.audit.hint}>
      <div className="filters">
        <Input.Search placeholder={texts.audit.actionFilter} aria-label={texts.audit.actionFilter} allowClear onSearch={(action) => narrow({ action })} />
        <Input.Search placeholder={texts.audit.subjectFilter} aria-label={texts.audit.subjectFilter} allowClear onSearch={(subject) => narrow({ subject })} />
        <DatePicker.RangePicker aria-label={texts.audit.days} onChange={(days) => narrow({ days: days?.[0] && days[1] ? [days[0], days[1]] : null })} />
      </div>
      <Table<AuditEntry>
        rowKey="id"
        size="small"
        dataSource={entries.data?.items ?? []}
        columns={COLUMNS}
        loading={entries.isFetching}
        locale={{ emptyText: texts.audit.empty }}
        scroll={{ x: 900 }}
        pagination={{
          current: wish.page,
          pageSize: PAGE_SIZE,
          total: entries.data?.total ?? 0,
          showSizeChanger: false,
          onChange: (page) => setWish((before) => ({ ...before, page })),
        }}
        expandable={{ expandedRowRender: (entry) => <Difference entry={entry} />, rowExpandable: hasDifference }}
      />
    </Page>
  );
}

function read({ page, action, subject, days }: Wish) {
  const query = {
    page,
    page_size: PAGE_SIZE,
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(days ? { since: days[0].startOf('day').toISOString(), until: days[1].endOf('day').toISOString() } : {}),
  };
  return brought(api.GET('/api/desk/audit', { params: { query } }));
}

const COLUMNS: TableColumnsType<AuditEntry> = [
  { title: texts.audit.at, dataIndex: 'at', render: fullMoment, width: 170 },
  { title: texts.audit.actor, dataIndex: 'actor', render: (actor: string) => actor || texts.audit.nobody },
  { title: texts.audit.action, dataIndex: 'action', render: actionName },
  { title: texts.audit.subject, dataIndex: 'subject' },
  { title: texts.audit.address, dataIndex: 'address' },
];

function hasDifference({ before, after }: AuditEntry): boolean {
  return Object.keys(before).length > 0 || Object.keys(after).length > 0;
}

function Difference({ entry }: { entry: AuditEntry }) {
  const fields = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return (
    <table className="difference">
      <thead>
        <tr>
          <th>{texts.audit.fields}</th>
          <th>{texts.audit.before}</th>
          <th>{texts.audit.after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <td>{field}</td>
            <td>{shown(entry.before[field])}</td>
            <td>{shown(entry.after[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return texts.audit.none;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** An action in words; what is done to requests has its words with them. */
export function actionName(action: string): string {
  const done = action.startsWith('ticket.') ? texts.ticket.events[action.slice('ticket.'.length)] : undefined;
  return texts.audit.actions[action] ?? (done && `${texts.shell.inbox}：${done}`) ?? action;
}
