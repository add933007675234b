import type { ComponentChildren } from 'preact';
import type { Posting, PostingDetail } from '../../api/types';
import { longDate } from '../../text/format';
import { deadlineOf, stateOf, webAddress } from '../../text/posting';
import { withoutFields } from '../../text/repeats';
import { postingTexts } from '../../texts/postings';
import { usePage } from '../page';
import { TextBubble } from '../TextBubble';
import { PostingBadges, PostingHead } from './PostingCard';
import { SaveButton } from './SaveButton';

/** One posting with everything that is known of it, as a message of the conversation. */
export function PostingDetailCard({ text, posting }: { text: string; posting: Posting }) {
  const said = withoutFields(text, posting, [postingTexts.source, postingTexts.checkedAt, postingTexts.status]);
  return (
    <div class="stack">
      {said !== '' && <TextBubble text={said} />}
      <article class="posting-card posting-whole">
        <PostingHead posting={posting} number={null} />
        <PostingWhole posting={posting} actions={<SaveButton posting={posting} />} />
      </article>
    </div>
  );
}

/** Everything below the headline of a posting: whether it is still open, its fields with what they rest on, where it comes from. */
export function PostingWhole({ posting, actions }: { posting: Posting; actions: ComponentChildren }) {
  const { now } = usePage();
  const deadline = deadlineOf(posting, now);
  const closed = deadline.urgency === 'closed';
  const address = closed ? null : webAddress(posting.url);
  return (
    <>
      {closed && (
        <p class="posting-closed" role="note">
          {stateOf(posting) === 'withdrawn' ? postingTexts.withdrawnNote : postingTexts.closedNote}
        </p>
      )}
      <PostingBadges posting={posting} />
      <p class="deadline" data-urgency={deadline.urgency}>
        {deadline.label}
      </p>
      {posting.detail && <Fields detail={posting.detail} above={[posting.title, posting.employer]} />}
      {posting.detail && <Origin detail={posting.detail} />}
      {(address !== null || actions !== null) && (
        <div class="posting-actions">
          {address !== null && (
            <a class="chip" href={address} target="_blank" rel="noopener noreferrer nofollow">
              {postingTexts.link}
            </a>
          )}
          {actions}
        </div>
      )}
      {address !== null && <p class="row-sub">{postingTexts.linkNote}</p>}
    </>
  );
}

/** `above` is what the card's head says already. */
function Fields({ detail, above }: { detail: PostingDetail; above: readonly string[] }) {
  const fields = detail.fields.filter(({ value }) => value.trim() !== '' && !above.includes(value));
  return (
    <dl class="posting-fields" aria-label={postingTexts.fields}>
      {fields.map(({ label, value, evidence }) => (
        <div key={label} class="posting-field">
          <dt>{label}</dt>
          <dd>
            <FieldValue value={value} />
            {evidence && evidence.trim() !== value.trim() && (
              <span class="evidence">
                {postingTexts.evidence}：“{evidence}”
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** As printed; an address becomes a link only where it is nothing but a web address. */
function FieldValue({ value }: { value: string }) {
  const address = webAddress(value);
  if (address === null) return <>{value}</>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {value}
    </a>
  );
}

function Origin({ detail }: { detail: PostingDetail }) {
  const parts = [
    detail.source ? `${postingTexts.source}：${detail.source}` : '',
    detail.checked_at ? `${postingTexts.checkedAt}：${longDate(detail.checked_at)}` : '',
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return <p class="row-sub posting-origin">{parts.join('　')}</p>;
}
