import { Pagination, Spin } from 'antd';
import { Link } from 'react-router';

import type { PostingStatus } from '../../api/postings';
import { texts } from '../../texts';
import { FindingMark, StatusMark } from './marks';

export interface QueueWords {
  queue: string;
  empty: string;
  emptyOther: string;
  odd: (count: number) => string;
  statuses: Readonly<Record<string, string>>;
}

/** What the list says of one that waits. */
export interface QueueRow {
  id: number;
  title: string;
  /** Said below the title, a line each. */
  lines: readonly string[];
  status: PostingStatus;
  findings: readonly Readonly<Record<string, unknown>>[];
  issues: readonly string[];
}

/** Which page of the list is shown, and the way to another. */
export interface Paging {
  page: number;
  size: number;
  turn: (page: number) => void;
}

interface Props {
  words: QueueWords;
  path: string;
  rows: readonly QueueRow[] | undefined;
  total: number | undefined;
  loading: boolean;
  /** Whether only some of those that wait were asked for. */
  narrowed: boolean;
  chosen: number | null;
  search: string;
  paging: Paging;
}

/** Those that wait, each with what was found in it. */
export function Queue({ words, path, rows, total = 0, loading, narrowed, chosen, search, paging }: Props) {
  return (
    <section className="review-list" aria-label={words.queue}>
      {loading && <Spin />}
      {rows && total === 0 && <p className="soft">{narrowed ? words.emptyOther : words.empty}</p>}
      {total > 0 && <p className="soft">{texts.common.total(total)}</p>}
      <ul>
        {rows?.map((row) => (
          <li key={row.id}>
            <Link to={{ pathname: `${path}/${row.id}`, search }} aria-current={row.id === chosen ? 'true' : undefined}>
              <strong>{row.title}</strong>
              {row.lines.map((line, index) => (
                <span key={index} className="soft">
                  {line}
                </span>
              ))}
              <span className="review-marks">
                <StatusMark words={words} status={row.status} />
                {row.findings.map((finding, index) => (
                  <FindingMark key={index} finding={finding} />
                ))}
                {row.issues.length > 0 && <span className="mark">{words.odd(row.issues.length)}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Pagination hideOnSinglePage simple current={paging.page} pageSize={paging.size} total={total} showSizeChanger={false} onChange={paging.turn} />
    </section>
  );
}
