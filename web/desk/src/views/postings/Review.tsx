import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';

import { type Kind, type PostingStatus, type QueueWish, useQueue } from '../../api/postings';
import { useBroad } from '../../app/useBroad';
import { useSession } from '../../app/session';
import { useShortcuts } from '../../app/useShortcuts';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { texts } from '../../texts';
import { CleanDialog } from './CleanDialog';
import { Posting } from './Posting';
import { Queue } from './Queue';
import { Filters } from './Filters';

const words = texts.postings;

/** The queue beside the posting that is read; on a phone one after the other. */
export function Review() {
  const { may } = useSession();
  const broad = useBroad();
  const navigate = useNavigate();
  const { id } = useParams();
  const [params, setParams] = useSearchParams();
  const [passing, setPassing] = useState(false);
  const wish = wishOf(params);
  const queue = useQueue(wish);
  const items = queue.data?.items ?? [];
  const chosen = id ? Number(id) : null;
  const place = items.findIndex((item) => item.id === chosen);
  const open = (number: number | undefined) => void navigate({ pathname: number ? `/postings/${number}` : '/postings', search: params.toString() });
  const next = () => open((items[place + 1] ?? (place === -1 ? items[0] : items[place]))?.id);
  useShortcuts({ j: next, k: () => open(items[Math.max(0, place - 1)]?.id) });
  // What was decided leaves the list: the one behind it is read next, or the one before where it was the last.
  const decided = () => open((items[place + 1] ?? items[place - 1])?.id);
  const change = (changed: Partial<QueueWish>) => setParams(paramsOf({ ...wish, page: 1, ...changed }), { replace: true });

  if (queue.isError) return <LoadFailure error={queue.error} again={() => void queue.refetch()} />;
  const list = <Queue wish={wish} queue={queue.data} loading={queue.isPending} chosen={chosen} search={params.toString()} turn={(page) => change({ page })} />;
  const actions = may('postings_decide') && (
    <Button icon={<CheckOutlined />} onClick={() => setPassing(true)}>
      {words.clean}
    </Button>
  );
  const hint = broad ? `${words.hint}${may('postings_decide') ? words.keys : ''}` : chosen === null ? words.hint : '';
  const one = chosen !== null && <Posting key={chosen} id={chosen} decided={decided} back={broad ? null : () => open(undefined)} />;
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

function wishOf(params: URLSearchParams): QueueWish {
  const given = (name: string) => params.get(name) ?? undefined;
  return { status: given('status') as PostingStatus | undefined, kind: given('kind') as Kind | undefined, employer: given('employer'), page: Number(given('page') ?? 1) };
}

function paramsOf({ status, kind, employer, page }: QueueWish): URLSearchParams {
  const given = { status, kind, employer, page: page > 1 ? String(page) : undefined };
  return new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
