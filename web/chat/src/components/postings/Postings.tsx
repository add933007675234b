import type { ConditionChip, LoosenOption, Posting, PostingsPayload } from '../../api/types';
import { withoutItems, withoutRepeats } from '../../text/repeats';
import { postingTexts } from '../../texts/postings';
import { CloseIcon } from '../icons';
import { TextBubble } from '../TextBubble';
import { PostingCard } from './PostingCard';
import { PostingDetailCard } from './PostingDetailCard';

interface Props {
  text: string;
  payload: Partial<PostingsPayload>;
  /** The newest list of the conversation: only there does “第2个” mean what the reader sees. */
  latest: boolean;
  /** The session in which this was said has ended. */
  over: boolean;
  onAsk: (text: string) => void;
}

/** Postings that were found, one looked at closely, or what to give up where none fits. */
export function Postings({ text, payload, latest, over, onAsk }: Props) {
  const items = payload.items ?? [];
  const only = items[0];
  if (items.length === 1 && only?.detail) return <PostingDetailCard text={text} posting={only} />;
  const total = payload.total ?? items.length;
  const steerable = latest && !over;
  return (
    <div class="stack">
      <TextBubble text={withoutRepeats(withoutItems(text, items), toldByButtons(payload))} />
      {steerable && <ConditionChips chips={payload.chips ?? []} onAsk={onAsk} />}
      {items.length > 0 && <PostingList items={items} total={total} latest={steerable} over={over} onAsk={onAsk} />}
      {steerable && <Loosen options={payload.loosen ?? []} onAsk={onAsk} />}
      {items.length > 0 && total > items.length && (
        <div class="postings-foot">
          <p class="row-sub">{postingTexts.more(items.length, total)}</p>
          {steerable && payload.page?.more !== false && (
            <button type="button" class="chip" onClick={() => onAsk(postingTexts.another)}>
              {postingTexts.another}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** What the text tells a reader to type, and a button types here. */
function toldByButtons({ items = [], loosen = [], chips = [] }: Partial<PostingsPayload>): string[] {
  const steps = items.length > 0 ? [postingTexts.another, postingTexts.askDetail(items[0]?.number ?? 1)] : [];
  return [...steps, ...[...loosen, ...chips].map((option) => option.text)].map(postingTexts.told);
}

interface ListProps {
  items: readonly Posting[];
  total: number;
  latest: boolean;
  over: boolean;
  onAsk: (text: string) => void;
}

function PostingList({ items, total, latest, over, onAsk }: ListProps) {
  return (
    <ol class="postings" aria-label={postingTexts.list(total)}>
      {items.map((posting, index) => {
        const number = posting.number ?? index + 1;
        const question = latest ? postingTexts.askDetail(number) : postingTexts.askDetailByName(posting.title, posting.employer);
        return (
          <li key={posting.id} class="posting">
            <PostingCard posting={posting} number={number} onDetail={over ? null : () => onAsk(question)} />
          </li>
        );
      })}
    </ol>
  );
}

/** What was understood, each to be dropped by a tap. */
function ConditionChips({ chips, onAsk }: { chips: readonly ConditionChip[]; onAsk: (text: string) => void }) {
  if (chips.length === 0) return null;
  return (
    <div class="conditions">
      <p class="conditions-head">{postingTexts.chips}</p>
      <ul class="chips" aria-label={postingTexts.chips}>
        {chips.map((chip) => (
          <li key={`${chip.condition}-${chip.label}`}>
            <button type="button" class="chip condition" aria-label={postingTexts.drop(chip.label)} onClick={() => onAsk(chip.text)}>
              {chip.label}
              <CloseIcon />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Which condition could give way, and how many postings that would bring. */
function Loosen({ options, onAsk }: { options: readonly LoosenOption[]; onAsk: (text: string) => void }) {
  const worth = options.filter((option) => option.total > 0);
  if (worth.length === 0) return null;
  return (
    <div class="conditions">
      <p class="conditions-head">{postingTexts.loosen}</p>
      <ul class="chips" aria-label={postingTexts.loosen}>
        {worth.map((option) => (
          <li key={option.text}>
            <button type="button" class="chip loosen" onClick={() => onAsk(option.text)}>
              {option.label} <span class="loosen-total">{postingTexts.loosenTotal(option.total)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
