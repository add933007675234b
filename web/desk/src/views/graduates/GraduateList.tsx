import { Checkbox, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { type GraduateWish, type ListedGraduate, PAGE_SIZE, useChoices, useGraduates } from '../../api/care';
import { LoadFailure } from '../../parts/LoadFailure';
import { day, shortMoment } from '../../text/time';
import { texts } from '../../texts';
import { MarkDots } from './MarkDots';
import './graduates.css';

const words = texts.graduates;

/** Everybody in care whom one may see; numbers are masked and no key group is shown. */
export function GraduateList() {
  const [wish, setWish] = useState<GraduateWish>({ page: 1, open: true });
  const list = useGraduates(wish);
  const choices = useChoices();
  const narrow = (change: Partial<GraduateWish>) =>
    setWish((before) => {
      const after: GraduateWish = { ...before, page: 1, ...change };
      return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== '' && value !== undefined)) as unknown as GraduateWish;
    });
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  return (
    <>
      <div className="filters">
        <Input.Search allowClear placeholder={words.search} aria-label={words.search} onSearch={(q) => narrow({ q })} />
        <Select
          allowClear
          placeholder={words.destination}
          aria-label={words.destination}
          options={choices.data?.destination ?? []}
          onChange={(destination?: string) => narrow({ destination: destination ?? '' })}
        />
        <Checkbox onChange={(event) => narrow({ mine: event.target.checked })}>{words.onlyMine}</Checkbox>
        <Checkbox defaultChecked onChange={(event) => setWish(({ open: _, ...before }) => ({ ...before, page: 1, ...(event.target.checked ? { open: true } : {}) }))}>
          {words.onlyOpen}
        </Checkbox>
      </div>
      <GraduateTable
        rows={list.data?.items ?? []}
        loading={list.isFetching}
        pagination={{ current: wish.page, pageSize: PAGE_SIZE, total: list.data?.total ?? 0, showSizeChanger: false, showTotal: texts.common.total, onChange: (page: number) => setWish((before) => ({ ...before, page })) }}
      />
    </>
  );
}

/** Graduates as all lists show them. */
export function GraduateTable({ rows, loading = false, pagination = false }: { rows: readonly ListedGraduate[]; loading?: boolean; pagination?: false | object }) {
  return (
    <Table<ListedGraduate>
      rowKey="id"
      size="middle"
      dataSource={[...rows]}
      columns={COLUMNS}
      loading={loading}
      pagination={pagination}
      locale={{ emptyText: words.empty }}
      scroll={{ x: 860 }}
    />
  );
}

const COLUMNS: TableColumnsType<ListedGraduate> = [
  { title: words.columns.name, render: (_, one) => <Link to={`/graduates/${one.id}`}>{one.name}</Link> },
  { title: words.columns.number, dataIndex: 'student_number' },
  { title: words.columns.where, render: (_, one) => [one.college, one.class_name].filter(Boolean).join(' ') },
  {
    title: words.columns.destination,
    render: (_, one) => (
      <>
        {one.destination_label} {one.left_school_on && <span className="mark">{words.leftSchool}</span>} {!one.is_open && <span className="mark">{words.closed}</span>}
      </>
    ),
  },
  { title: words.columns.helper, render: (_, one) => one.helper ?? <span className="mark mark-soon">{words.nobody}</span> },
  { title: words.columns.lastContact, render: (_, one) => (one.last_contact_at ? shortMoment(one.last_contact_at) : <span className="soft">{words.never}</span>) },
  { title: words.columns.next, dataIndex: 'next_contact_on', render: (next: string | null) => next && day(next) },
  { title: words.columns.marks, render: (_, one) => <MarkDots marks={one.marks} /> },
];
