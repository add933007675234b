import type { Posting } from '../../api/types';
import { deadlineOf, offersOf, payOf, placeOf } from '../../text/posting';
import { postingTexts } from '../../texts/postings';
import { usePage } from '../page';
import { SaveButton } from './SaveButton';

interface Props {
  posting: Posting;
  number: number;
  /** Null where the conversation in which to ask is over. */
  onDetail: (() => void) | null;
}

/** One posting at a glance: what, where, for how much, until when, and what is not sure about it. */
export function PostingCard({ posting, number, onDetail }: Props) {
  const { now } = usePage();
  const deadline = deadlineOf(posting, now);
  return (
    <article class="posting-card" data-closed={deadline.urgency === 'closed'}>
      <PostingHead posting={posting} number={number} />
      <PostingFacts posting={posting} />
      <PostingBadges posting={posting} />
      <div class="posting-foot">
        <p class="deadline" data-urgency={deadline.urgency}>
          {deadline.label}
        </p>
        <div class="posting-actions">
          {onDetail !== null && (
            <button type="button" class="chip" aria-label={postingTexts.detailOf(posting.title)} onClick={onDetail}>
              {postingTexts.detail}
            </button>
          )}
          <SaveButton posting={posting} />
        </div>
      </div>
    </article>
  );
}

export function PostingHead({ posting, number }: { posting: Posting; number: number | null }) {
  const pay = payOf(posting);
  return (
    <>
      <div class="posting-head">
        <h2 class="posting-title">
          {number !== null && (
            <>
              <span class="posting-number" aria-hidden="true">
                {number}
              </span>
              <span class="sr-only">{postingTexts.number(number)}：</span>
            </>
          )}
          {posting.title}
        </h2>
        <p class="salary">{pay.main}</p>
      </div>
      {pay.note !== '' && <p class="pay-note">{pay.note}</p>}
      <p class="posting-employer">
        {posting.employer}
        {posting.employer_type && <span class="employer-type">{posting.employer_type}</span>}
      </p>
    </>
  );
}

function PostingFacts({ posting }: { posting: Posting }) {
  const facts = [placeOf(posting), named(postingTexts.degree, posting.education), named(postingTexts.cohort, posting.cohort)].filter((fact) => fact !== '');
  if (facts.length === 0) return null;
  return (
    <ul class="posting-facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

/** “不限” alone does not say what is not limited. */
function named(name: string, value: string | null): string {
  return value === postingTexts.unlimited ? `${name}${value}` : (value ?? '');
}

export function PostingBadges({ posting }: { posting: Posting }) {
  const offers = offersOf(posting);
  const unsure = posting.uncertain ?? [];
  return (
    <>
      {offers.length > 0 && (
        <ul class="posting-badges">
          {offers.map(({ label }) => (
            <li key={label} class="trait">
              {label}
            </li>
          ))}
        </ul>
      )}
      {unsure.length > 0 && (
        <ul class="unsure" aria-label={postingTexts.uncertainNote}>
          {unsure.map(({ label, reason }) => (
            <li key={label}>
              <strong>{postingTexts.uncertain}</strong>：{reason === '' ? label : reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
