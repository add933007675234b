import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Table } from 'antd';
import { useState } from 'react';
import { Link, Route, Routes, useSearchParams } from 'react-router';

import { type EmployerRow, exportAddress, PAGE_SIZE, PARTS, useEmployers } from '../../api/employers';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { day } from '../../text/time';
import { texts } from '../../texts';
import { EmployerEditor } from './EmployerEditor';
import { EmployerPage } from './EmployerPage';
import { Goals } from './Goals';
import { TableImport } from './TableImport';
import './employers.css';

const words = texts.employers;

/** The ledger of employers: the list with the counts against the targets, and one employer below `/employers/:id`. */
export default function EmployersPage() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path=":id" element={<EmployerPage />} />
    </Routes>
  );
}

function Overview() {
  const { may } = useSession();
  const [open, setOpen] = useState<'new' | 'import' | null>(null);
  const parts = PARTS.map((part) => ({
    key: part,
    label: (
      <a href={exportAddress(part)} download>
        {words.parts[part]}
      </a>
    ),
  }));
  const actions = (
    <div className="page-actions">
      {may('employers_write') && (
        <Button icon={<UploadOutlined />} onClick={() => setOpen('import')}>
          {words.importing}
        </Button>
      )}
      <Dropdown menu={{ items: parts }} trigger={['click']}>
        <Button icon={<DownloadOutlined />}>{words.exporting}</Button>
      </Dropdown>
      {may('employers_write') && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          {words.add}
        </Button>
      )}
    </div>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      <Goals />
      <List />
      {open === 'new' && <EmployerEditor employer={null} close={() => setOpen(null)} />}
      {open === 'import' && <TableImport close={() => setOpen(null)} />}
    </Page>
  );
}

function List() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const page = Number(params.get('page') ?? 1);
  const rows = useEmployers(q, page);
  const show = (wanted: string, at: number) => setParams({ ...(wanted ? { q: wanted } : {}), ...(at > 1 ? { page: String(at) } : {}) }, { replace: true });
  if (rows.isError) return <LoadFailure error={rows.error} again={() => void rows.refetch()} />;
  const names = words.columns;
  return (
    <Sheet>
      <Input.Search
        allowClear
        className="narrow employers-search"
        defaultValue={q}
        maxLength={100}
        placeholder={words.search}
        aria-label={words.search}
        onSearch={(wanted) => show(wanted.trim(), 1)}
      />
      <Table<EmployerRow>
        rowKey="id"
        loading={rows.isPending}
        dataSource={rows.data?.items ?? []}
        locale={{ emptyText: words.empty }}
        scroll={{ x: 640 }}
        pagination={{ current: page, pageSize: PAGE_SIZE, total: rows.data?.total ?? 0, hideOnSinglePage: true, showSizeChanger: false, onChange: (at) => show(q, at) }}
        columns={[
          { title: names.name, render: (_, row) => <Link to={`/employers/${row.id}`}>{row.name}</Link> },
          { title: names.city, dataIndex: 'city', width: 90 },
          { title: names.type, dataIndex: 'type', width: 110 },
          { title: names.visits, dataIndex: 'visits', width: 70 },
          { title: names.last, dataIndex: 'last_visit', width: 140, render: (last: string | null) => (last ? day(last) : <span className="soft">{words.never}</span>) },
          { title: names.needs, dataIndex: 'needs', width: 70 },
          { title: names.postings, dataIndex: 'postings', width: 70 },
        ]}
      />
    </Sheet>
  );
}
