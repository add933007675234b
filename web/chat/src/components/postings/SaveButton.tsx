import { useState } from 'preact/hooks';
import type { Posting } from '../../api/types';
import { SAVED_LIMIT } from '../../state/saved';
import { savedTexts } from '../../texts/postings';
import { StarIcon } from '../icons';
import { usePage, useSaved } from '../page';

/** Keeps a posting in this browser, or lets it go again. */
export function SaveButton({ posting }: { posting: Posting }) {
  const { saved } = usePage();
  const items = useSaved(saved);
  const [full, setFull] = useState(false);
  const id = String(posting.id);
  const kept = items.some((item) => item.id === id);

  const toggle = (): void => {
    if (kept) saved.remove(id);
    else setFull(!saved.add({ id, title: posting.title, employer: posting.employer }));
  };

  return (
    <>
      <button
        type="button"
        class="chip save"
        data-kept={kept}
        aria-label={kept ? savedTexts.unsaveOf(posting.title) : savedTexts.saveOf(posting.title)}
        onClick={toggle}
      >
        <StarIcon full={kept} />
        {kept ? savedTexts.saved : savedTexts.save}
      </button>
      <span role="status" class="save-note">
        {full && !kept ? savedTexts.full(SAVED_LIMIT) : ''}
      </span>
    </>
  );
}
