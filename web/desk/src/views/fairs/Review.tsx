import { CheckOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';

import { type FairStanding, type FairWish, useFairs } from '../../api/fairs';
import { useBroad } from '../../app/useBroad';
import { useSession } from '../../app/session';
import { useShortcuts } from '../../app/useShortcuts';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { texts } from '../../texts';
import { CleanDialog } from './CleanDialog';
import { Fair } from './Fair';
import { Queue } from './Queue';

const words = texts.fairs;
const STANDINGS = Object.entries(words.statuses).map(([value, label]) => ({ value: value as FairStanding, label }));

/** The queue beside the fair that is read; on a phone one after the other. */
export function Review() {
  const { may } = useSession();
  const broad = useBroad();
  const navigate = useNavigate();
  const { id } = useParams();
  const [params, setParams] = useSearchParams();
  const [passing, setPassing] = useState(false);
  const wish = wishOf(params);
  const queue = useFairs(wish);
  const items = queue.data?.items ?? [];
  const chosen = id ? Number(id) : null;
  const place = items.findIndex((item) => item.id === chosen);
  const open = (number: number | undefined) => void navigate({ pathname: number ? `/fairs/${number}` : '/fairs', search: params.toString() });
  const next = () => open((items[place + 1] ?? (place === -1 ? items[0] : items[place]))?.id);
  useShortcuts({ j: next, k: () => open(items[Math.max(0, place - 1)]?.id) });
  // What was decided leaves the list: the one behind it is read next, or the one before where it was the last.
  const decided = () => open((items[place + 1] ?? items[place - 1])?.id);
  const change = (changed: Partial<FairWish>) => setParams(paramsOf({ ...wish, page: 1, ...changed }), { replace: true });

  if (queue.isError) return <LoadFailure error={queue.error} again={() => void queue.refetch()} />;
  const list = <Queue wish={wish} queue={queue.data} loading={queue.isPending} chosen={chosen} search={params.toString()} turn={(page) => change({ page })} />;
  const actions = may('fairs_decide') && (
    <Button icon={<CheckOutlined />} onClick={() => setPassing(true)}>
      {words.clean}
    </Button>
  );
  const hint = broad ? `${words.hint}${may('fairs_decide') ? words.keys : ''}` : chosen === null ? words.hint : '';
  const one = chosen !== null && <Fair key={chosen} id={chosen} decided={decided} back={broad ? null : () => open(undefined)} />;
  return (
    <Page title={words.title} {...(hint ? { hint } : {})} actions={(broad || chosen === null) && actions}>
      {(broad || chosen === null) && <Filters wish={wish} change={change} />}
      {broad ? (
        <div className="review">
          {list}
          {one || <p className="soft review-choose">{words.choose}</p>}
        </div>
      ) : (
        one || list
      )}
      {passing && <CleanDialog close={() => setPassing(false)} />}
    </Page>
  );
}

function Filters({ wish, change }: { wish: FairWish; change: (changed: Partial<FairWish>) => void }) {
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

function wishOf(params: URLSearchParams): FairWish {
  return { standing: (params.get('standing') ?? undefined) as FairStanding | undefined, words: params.get('words') ?? undefined, page: Number(params.get('page') ?? 1) };
}

function paramsOf({ standing, words: sought, page }: FairWish): URLSearchParams {
  const given = { standing, words: sought, page: page > 1 ? String(page) : undefined };
  return new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
