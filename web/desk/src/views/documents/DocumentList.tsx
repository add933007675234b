import { UploadOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Select, Spin } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { type DocumentRow, type DocumentWish, PAGE_SIZE, useDocumentRegions, useDocuments } from '../../api/documents';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { texts } from '../../texts';
import { StatusMark } from './StatusMark';

const words = texts.documents;
const options = <Key extends string>(names: Readonly<Record<Key, string>>) => (Object.keys(names) as Key[]).map((value) => ({ value, label: names[value] }));

/** The documents that count, with what a keeper should notice of each. */
export function DocumentList() {
  const { may } = useSession();
  const [wish, setWish] = useState<DocumentWish>({ page: 1 });
  const list = useDocuments(wish);
  const regions = useDocumentRegions();
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  const narrow = (change: { [Key in keyof DocumentWish]?: DocumentWish[Key] | undefined }) =>
    setWish((before) => Object.fromEntries(Object.entries({ ...before, page: 1, ...change }).filter(([, value]) => value)) as unknown as DocumentWish);
  const narrowed = Boolean(wish.q ?? wish.status ?? wish.region ?? wish.marked);
  const actions = may('documents_manage') && (
    <Link to="/documents/upload">
      <Button type="primary" icon={<UploadOutlined />}>
        {words.upload}
      </Button>
    </Link>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={actions}>
      <div className="document-filters">
        <Input.Search allowClear placeholder={words.search} aria-label={words.search} maxLength={100} onSearch={(q) => narrow({ q: q.trim() })} />
        <Select allowClear placeholder={words.status} aria-label={words.status} options={options(words.statuses)} onChange={(status?: DocumentRow['status']) => narrow({ status })} />
        <Select
          allowClear
          showSearch
          placeholder={words.region}
          aria-label={words.region}
          options={(regions.data ?? []).map((value) => ({ value, label: value }))}
          onChange={(region?: string) => narrow({ region })}
        />
        <Select allowClear placeholder={words.marked} aria-label={words.marked} options={options(words.marks)} onChange={(marked?: DocumentWish['marked']) => narrow({ marked })} />
      </div>
      {list.isPending && (
        <div role="status" aria-label={texts.common.loading}>
          <Spin className="page-wait" />
        </div>
      )}
      {list.data?.total === 0 && <p className="soft">{narrowed ? words.empty : words.none}</p>}
      <ul className="documents">
        {list.data?.items.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      <Pagination
        hideOnSinglePage
        current={wish.page}
        pageSize={PAGE_SIZE}
        total={list.data?.total ?? 0}
        showSizeChanger={false}
        showTotal={texts.common.total}
        onChange={(page) => setWish((before) => ({ ...before, page }))}
      />
    </Page>
  );
}

function Row({ row }: { row: DocumentRow }) {
  const facts = [row.doc_no, row.issuers.join('、'), row.issued_on, row.region, row.cohorts.map(words.cohort).join('、')].filter(Boolean);
  return (
    <li className="document">
      <Link to={`/documents/${row.id}`} className="document-link">
        <span className="document-title">{row.title}</span>
        <span className="document-marks">
          <StatusMark row={row} />
          {row.damaged && <span className="mark mark-soon">{row.damaged_clauses > 0 ? words.damagedCount(row.damaged_clauses) : words.damagedMark}</span>}
          {row.version > 1 && <span className="mark">{words.version(row.version)}</span>}
        </span>
        <span className="document-facts">{facts.join(' · ')}</span>
        <span className="document-facts">
          {words.span}：{words.spanOf(row.in_force_from, row.in_force_until)} · {words.clauseCount(row.clauses)}
        </span>
        {row.replaced_by && <span className="document-note">{words.replacedBy(row.replaced_by.title, row.replaced_by.certain)}</span>}
        {row.retired_until && <span className="document-note">{words.retiredOn(row.retired_until, row.retired_reason ?? '')}</span>}
      </Link>
    </li>
  );
}
