import { Input, Select } from 'antd';

import type { FairStanding, FairWish } from '../../api/fairs';
import { texts } from '../../texts';

const words = texts.fairs;
const STANDINGS = Object.entries(words.statuses).map(([value, label]) => ({ value: value as FairStanding, label }));

/** Which fairs the list shows. */
export function Filters({ wish, change }: { wish: FairWish; change: (changed: Partial<FairWish>) => void }) {
  return (
    <div className="review-filters">
      <Select allowClear placeholder={words.open} aria-label={words.status} options={STANDINGS} value={wish.standing ?? null} onChange={(standing) => change({ standing: standing ?? undefined })} />
      <Input.Search
        allowClear
        defaultValue={wish.words ?? ''}
        maxLength={100}
        placeholder={words.words}
        aria-label={words.words}
        onSearch={(sought) => change({ words: sought.trim() || undefined })}
      />
    </div>
  );
}
