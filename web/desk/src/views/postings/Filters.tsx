import { Input, Select } from 'antd';

import type { Kind, PostingStatus, QueueWish } from '../../api/postings';
import { texts } from '../../texts';

const words = texts.postings;
const STATUSES = Object.entries(words.statuses).map(([value, label]) => ({ value: value as PostingStatus, label }));
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value: value as Kind, label }));

/** Which postings the list shows. */
export function Filters({ wish, change }: { wish: QueueWish; change: (changed: Partial<QueueWish>) => void }) {
  return (
    <div className="review-filters">
      <Select allowClear placeholder={words.open} aria-label={words.status} options={STATUSES} value={wish.status ?? null} onChange={(status) => change({ status: status ?? undefined })} />
      <Select allowClear placeholder={words.anyKind} aria-label={words.kind} options={KINDS} value={wish.kind ?? null} onChange={(kind) => change({ kind: kind ?? undefined })} />
      <Input.Search
        allowClear
        defaultValue={wish.employer ?? ''}
        maxLength={100}
        placeholder={words.employer}
        aria-label={words.employer}
        onSearch={(employer) => change({ employer: employer.trim() || undefined })}
      />
    </div>
  );
}
