import { useId, useState } from 'preact/hooks';
import type { Posting } from '../../api/types';
import type { SavedPosting } from '../../state/saved';
import { deadlineOf, payOf, placeOf } from '../../text/posting';
import { postingTexts, savedTexts } from '../../texts/postings';
import { usePage } from '../page';
import { PostingWhole } from './PostingDetailCard';

interface Props {
  item: SavedPosting;
  /** As it stands now; null while that is not known. */
  posting: Posting | null;
  /** The server knows it no more. */
  gone: boolean;
  onRemove: () => void;
  onAsk: (text: string) => void;
}

/** One kept posting: what it was called when it was kept, and how it stands now. */
export function SavedRow({ item, posting, gone, onRemove, onAsk }: Props) {
  const { now } = usePage();
  const [open, setOpen] = useState(false);
  const id = useId();
  const deadline = posting === null ? null : deadlineOf(posting, now);
  const closed = gone || deadline?.urgency === 'closed';
  return (
    <article class="posting-card saved-card" data-closed={closed}>
      <h3 class="posting-title">{item.title}</h3>
      <p class="posting-employer">{item.employer}</p>
      {!gone && <p class="saved-facts">{posting === null ? '' : [payOf(posting).main, placeOf(posting)].filter(Boolean).join(' · ')}</p>}
      <p class="deadline" data-urgency={gone ? 'closed' : (deadline?.urgency ?? 'none')}>
        {gone ? postingTexts.withdrawn : (deadline?.label ?? '')}
      </p>
      <div class="posting-actions">
        {posting?.detail ? (
          <button
            type="button"
            class="chip"
            aria-expanded={open}
            aria-controls={id}
            aria-label={open ? postingTexts.foldOf(item.title) : postingTexts.detailOf(item.title)}
            onClick={() => setOpen(!open)}
          >
            {open ? postingTexts.fold : postingTexts.detail}
          </button>
        ) : (
          !closed && (
            <button
              type="button"
              class="chip"
              aria-label={savedTexts.askOf(item.title)}
              onClick={() => onAsk(postingTexts.askDetailByName(item.title, item.employer))}
            >
              {savedTexts.ask}
            </button>
          )
        )}
        <button type="button" class="chip" aria-label={savedTexts.removeOf(item.title)} onClick={onRemove}>
          {savedTexts.remove}
        </button>
      </div>
      <div id={id} hidden={!open}>
        {open && posting !== null && <PostingWhole posting={posting} actions={null} />}
      </div>
    </article>
  );
}
