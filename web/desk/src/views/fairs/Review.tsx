import { type FairStanding, type FairWish, PAGE_SIZE, type QueuedFair, useFairs } from '../../api/fairs';
import { texts } from '../../texts';
import type { QueueRow } from '../postings/Queue';
import { ReviewPage } from '../postings/ReviewPage';
import { useWish } from '../postings/useWish';
import { CleanDialog } from './CleanDialog';
import { Fair } from './Fair';
import { Filters } from './Filters';

const words = texts.fairs;

/** The review of fairs: which of them are asked for, and what the list says of each, with when and where it is. */
export function Review() {
  const { wish, change } = useWish(wishOf);
  return (
    <ReviewPage
      words={words}
      path="/fairs"
      right="fairs_decide"
      queue={useFairs(wish)}
      rowOf={rowOf}
      narrowed={Boolean(wish.standing || wish.words)}
      paging={{ page: wish.page, size: PAGE_SIZE, turn: (page) => change({ page }) }}
      filters={<Filters wish={wish} change={change} />}
      One={Fair}
      Clean={CleanDialog}
    />
  );
}

function rowOf({ id, title, when, where, source, days, standing, findings, issues }: QueuedFair): QueueRow {
  const lines = [[when, where].filter(Boolean).join(' · '), [source, words.days(days)].join(' · ')];
  return { id, title, lines, status: standing, findings, issues };
}

function wishOf(params: URLSearchParams): FairWish {
  return { standing: (params.get('standing') ?? undefined) as FairStanding | undefined, words: params.get('words') ?? undefined, page: Number(params.get('page') ?? 1) };
}
