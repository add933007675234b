import { Pagination, Spin } from 'antd';
import { Link } from 'react-router';

import { PAGE_SIZE, type QueuedPosting, type QueueWish } from '../../api/postings';
import { texts } from '../../texts';
import { FindingMark, StatusMark } from './marks';

const words = texts.postings;

interface Props {
  wish: QueueWish;
  queue: { items: QueuedPosting[]; total: number } | undefined;
  loading: boolean;
  chosen: number | null;
  search: string;
  turn: (page: number) => void;
}

/** The postings that wait, each with what was found in it. */
export function Queue({ wish, queue, loading, chosen, search, turn }: Props) {
  return (
    <section className="review-list" aria-label={words.queue}>
      {loading && <Spin />}
      {queue?.total === 0 && <p className="soft">{wish.status || wish.kind || wish.employer ? words.emptyOther : words.empty}</p>}
      {queue && queue.total > 0 && <p className="soft">{texts.common.total(queue.total)}</p>}
      <ul>
        {queue?.items.map((item) => (
          <li key={item.id}>
            <Link to={{ pathname: `/postings/${item.id}`, search }} aria-current={item.id === chosen ? 'true' : undefined}>
              <strong>{item.title}</strong>
              <span className="soft">{[item.employer, item.cities.join('、'), words.days(item.days)].filter(Boolean).join(' · ')}</span>
              <span className="review-marks">
                <StatusMark words={words} status={item.status} />
                {item.findings.map((finding, index) => (
                  <FindingMark key={index} finding={finding} />
                ))}
                {item.issues.length > 0 && <span className="mark">{words.odd(item.issues.length)}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Pagination hideOnSinglePage simple current={wish.page} pageSize={PAGE_SIZE} total={queue?.total ?? 0} showSizeChanger={false} onChange={turn} />
    </section>
  );
}
