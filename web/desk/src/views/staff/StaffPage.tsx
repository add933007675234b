import { PlusOutlined } from '@ant-design/icons';
import { Badge, Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';

import { useSession } from '../../app/session';
import { useColleagues } from '../../api/people';
import type { Colleague } from '../../api/schema';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { day } from '../../text/time';
import { texts } from '../../texts';
import { ColleagueForm } from './ColleagueForm';

const DOTS = { online: 'success', away: 'warning', off: 'default' } as const;

/** Accounts: who works here, as what, for which college, and who is on leave. */
export default function StaffPage() {
  const { may } = useSession();
  const colleagues = useColleagues();
  const [editing, setEditing] = useState<Colleague | 'new' | null>(null);
  if (colleagues.isLoadingError) return <LoadFailure error={colleagues.error} again={() => void colleagues.refetch()} />;

  const everybody = colleagues.data?.items ?? [];
  const nameOf = (id: number | null) => everybody.find((one) => one.id === id)?.display_name ?? '';
  const add = may('staff_manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {texts.people.add}
    </Button>
  );
  return (
    <Page title={texts.people.title} hint={texts.people.hint} actions={add}>
      <Table<Colleague>
        rowKey="id"
        dataSource={everybody}
        columns={columns(setEditing, nameOf)}
        loading={colleagues.isPending}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 760 }}
      />
      {editing && <ColleagueForm colleague={editing === 'new' ? null : editing} everybody={everybody} close={() => setEditing(null)} />}
    </Page>
  );
}

function columns(edit: (colleague: Colleague) => void, nameOf: (id: number | null) => string): TableColumnsType<Colleague> {
  return [
    {
      title: texts.people.displayName,
      render: (_, one) => (
        <>
          <Badge status={DOTS[one.presence]} /> {one.display_name} <span className="soft">{one.name}</span>
        </>
      ),
    },
    { title: texts.people.role, dataIndex: 'role', render: (role: Colleague['role']) => texts.people.roles[role] },
    { title: texts.people.college, dataIndex: 'college', render: (college: string | null) => college ?? texts.audit.none },
    {
      title: texts.people.leaveUntil,
      render: (_, one) => one.leave_until && `${day(one.leave_until)}${one.stand_in_id ? `（${texts.people.standIn}：${nameOf(one.stand_in_id)}）` : ''}`,
    },
    {
      title: texts.people.totp,
      dataIndex: 'totp',
      render: (on: boolean) => (on ? texts.people.totpOn : texts.people.totpOff),
    },
    {
      title: texts.people.active,
      dataIndex: 'active',
      render: (active: boolean) => <span className={`mark ${active ? 'mark-done' : ''}`}>{active ? texts.people.active : texts.people.inactive}</span>,
    },
    {
      title: <span className="unseen">{texts.common.edit}</span>,
      render: (_, one) => (
        <Button type="link" onClick={() => edit(one)} aria-label={texts.people.change(one.display_name)}>
          {texts.common.edit}
        </Button>
      ),
    },
  ];
}
