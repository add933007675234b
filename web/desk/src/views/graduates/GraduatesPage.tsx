import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tabs } from 'antd';
import { useState } from 'react';
import { Route, Routes, useSearchParams } from 'react-router';

import { exportAddress } from '../../api/care';
import { useSession } from '../../app/session';
import { Page } from '../../parts/Page';
import { texts } from '../../texts';
import { Classes, Loads } from './Classes';
import { FilePage } from './FilePage';
import { GraduateList } from './GraduateList';
import { NewFile } from './NewFile';
import { Overdue } from './Overdue';
import { RosterImport } from './RosterImport';

const words = texts.graduates;

/** The care files: lists, and one file below `/graduates/:id`. */
export default function GraduatesPage() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path=":id" element={<FilePage />} />
    </Routes>
  );
}

function Overview() {
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<'roster' | 'new' | null>(null);
  const formats = (['csv', 'xlsx'] as const).map((format) => ({
    key: format,
    label: (
      <a href={exportAddress(format)} download>
        {format === 'csv' ? words.exportCsv : words.exportXlsx}
      </a>
    ),
  }));
  const actions = (
    <div className="page-actions">
      {may('care_import') && (
        <Button icon={<UploadOutlined />} onClick={() => setOpen('roster')}>
          {words.importing}
        </Button>
      )}
      {may('care_export') && (
        <Dropdown menu={{ items: formats }} trigger={['click']}>
          <Button icon={<DownloadOutlined />}>{words.exporting}</Button>
        </Dropdown>
      )}
      {may('care_write') && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          {words.add}
        </Button>
      )}
    </div>
  );
  const tabs = [
    { key: 'list', label: words.tabs.list, children: <GraduateList /> },
    { key: 'due', label: words.tabs.due, children: <Overdue /> },
    { key: 'classes', label: words.tabs.classes, children: <Classes /> },
    { key: 'load', label: words.tabs.load, children: <Loads /> },
  ];
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      <Tabs items={tabs} activeKey={params.get('tab') ?? 'list'} onChange={(tab) => setParams({ tab }, { replace: true })} destroyOnHidden />
      {open === 'roster' && <RosterImport close={() => setOpen(null)} />}
      {open === 'new' && <NewFile close={() => setOpen(null)} />}
    </Page>
  );
}
