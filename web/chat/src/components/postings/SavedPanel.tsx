import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Posting } from '../../api/types';
import type { SavedPosting } from '../../state/saved';
import { savedTexts } from '../../texts/postings';
import { usePage, useSaved } from '../page';
import { Panel } from '../panel/Panel';
import { SavedRow } from './SavedRow';

interface Props {
  onClose: () => void;
  onAsk: (text: string) => void;
}

/** `null` while nothing is known yet; an id that is missing is no longer shown to anybody. */
type Known = ReadonlyMap<string, Posting> | null;

interface Removal {
  item: SavedPosting;
  place: number;
}

/** The postings kept in this browser, each as it stands now. */
export function SavedPanel({ onClose, onAsk }: Props) {
  const { saved } = usePage();
  const items = useSaved(saved);
  const { known, failed, look } = usePresentState(items);
  const [removed, setRemoved] = useState<Removal | null>(null);
  const undo = useRef<HTMLButtonElement>(null);
  // The row with the button that was pressed is gone: keyboard users continue where it can be taken back.
  useEffect(() => undo.current?.focus(), [removed]);

  const remove = (item: SavedPosting): void => setRemoved({ item, place: saved.remove(item.id) });

  const takeBack = ({ item, place }: Removal): void => {
    saved.add(item, place);
    // This button goes as well: the focus stays in the sheet.
    undo.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
    setRemoved(null);
  };

  return (
    <Panel title={savedTexts.title} onClose={onClose}>
      <p class="row-sub">{savedTexts.local}</p>
      {!saved.kept && <p class="panel-warning">{savedTexts.noStorage}</p>}
      <p role="status" class="panel-status">
        {items.length > 0 && known === null && !failed ? savedTexts.loading : ''}
      </p>
      {failed && (
        <p class="panel-warning" role="alert">
          {savedTexts.failed}{' '}
          <button type="button" class="chip" onClick={look}>
            {savedTexts.retry}
          </button>
        </p>
      )}
      {removed !== null && (
        <p class="panel-undo" role="status">
          {savedTexts.removed(removed.item.title)}{' '}
          <button
            type="button"
            class="chip"
            ref={undo}
            onClick={() => takeBack(removed)}
          >
            {savedTexts.undo}
          </button>
        </p>
      )}
      {items.length === 0 && <p class="panel-empty">{savedTexts.empty}</p>}
      <ul class="saved-list">
        {items.map((item) => (
          <li key={item.id}>
            <SavedRow
              item={item}
              posting={known?.get(item.id) ?? null}
              gone={known !== null && !known.has(item.id)}
              onRemove={() => remove(item)}
              onAsk={(text) => {
                onClose();
                onAsk(text);
              }}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function usePresentState(items: readonly SavedPosting[]): { known: Known; failed: boolean; look: () => void } {
  const { fetchPostings } = usePage();
  const [known, setKnown] = useState<Known>(null);
  const [failed, setFailed] = useState(false);
  const ids = useRef(items.map((item) => item.id));

  const look = useCallback((): void => {
    setFailed(false);
    if (ids.current.length === 0) return;
    fetchPostings(ids.current).then(
      (postings) => setKnown(new Map(postings.map((posting) => [String(posting.id), posting]))),
      () => setFailed(true),
    );
  }, [fetchPostings]);
  useEffect(look, []);

  return { known, failed, look };
}
