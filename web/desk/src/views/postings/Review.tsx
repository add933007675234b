import { type Kind, PAGE_SIZE, type PostingStatus, type QueuedPosting, type QueueWish, useQueue } from '../../api/postings';
import { texts } from '../../texts';
import { CleanDialog } from './CleanDialog';
import { Filters } from './Filters';
import { Posting } from './Posting';
import type { QueueRow } from './Queue';
import { ReviewPage } from './ReviewPage';
import { useWish } from './useWish';

const words = texts.postings;

/** The review of postings: which of them are asked for, and what the list says of each. */
export function Review() {
  const { wish, change } = useWish(wishOf);
  return (
    <ReviewPage
      words={words}
      path="/postings"
      right="postings_decide"
      queue={useQueue(wish)}
      rowOf={rowOf}
      narrowed={Boolean(wish.status || wish.kind || wish.employer)}
      paging={{ page: wish.page, size: PAGE_SIZE, turn: (page) => change({ page }) }}
      filters={<Filters wish={wish} change={change} />}
      One={Posting}
      Clean={CleanDialog}
    />
  );
}

function rowOf({ id, title, employer, cities, days, status, findings, issues }: QueuedPosting): QueueRow {
  return { id, title, lines: [[employer, cities.join('、'), words.days(days)].filter(Boolean).join(' · ')], status, findings, issues };
}

function wishOf(params: URLSearchParams): QueueWish {
  const given = (name: string) => params.get(name) ?? undefined;
  return { status: given('status') as PostingStatus | undefined, kind: given('kind') as Kind | undefined, employer: given('employer'), page: Number(given('page') ?? 1) };
}
