import { Pagination, Spin } from 'antd';
import { Link } from 'react-router';

import { type FairWish, PAGE_SIZE, type QueuedFair } from '../../api/fairs';
import { texts } from '../../texts';
import { FindingMark, StatusMark } from '../postings/marks';

const words = texts.fairs;

interface Props {
  wish: FairWish;
  queue: { items: QueuedFair[]; total: number } | undefined;
  loading: boolean;
  chosen: number | null;
  search: string;
  turn: (page: number) => void;
}

/** The fairs that wait, each with when and where it is and what was found in it. */
export function Queue({ wish, queue, loading, chosen, search, turn }: Props) {
  return (
    <section className="review-list" aria-label={words.queue}>
      {loading && <Spin />}
      {queue?.total === 0 && <p className="soft">{wish.standing || wish.words ? words.emptyOther : words.empty}</p>}
      {queue && queue.total > 0 && <p className="soft">{texts.common.total(queue.total)}</p>}
      <ul>
        {queue?.items.map((item) => (
          <li key={item.id}>
            <Link to={{ pathname: `/fairs/${item.id}`, search }} aria-current={item.id === chosen ? 'true' : undefined}>
              <strong>{item.title}</strong>
              <span className="soft">{[item.when, item.where].filter(Boolean).join(' · ')}</span>
              <span className="soft">{[item.source, words.days(item.days)].join(' · ')}</span>
              <span className="review-marks">
                <StatusMark words={words} status={item.standing} />
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
