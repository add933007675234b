import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Posting } from '../api/types';
import { dayIn } from '../text/format';
import type { PageClock } from '../state/clock';
import type { LeftQuestions } from '../state/left';
import type { SavedPosting, SavedPostings } from '../state/saved';

/** What cards deep in the conversation need of the page around them. */
export interface Page {
  /** The present, renewed when the day changes. */
  now: Date;
  saved: SavedPostings;
  openCalendar(): void;
  /** The present state of postings. Raises ChatFailure. */
  fetchPostings(ids: readonly string[]): Promise<Posting[]>;
  /** The copy of what is kept of this conversation. Raises ChatFailure. */
  fetchMyData(): Promise<Blob>;
}

/** What a widget adds to the page: its title, a way to close it, and questions left for a person. */
export interface Frame {
  title: string;
  left: LeftQuestions;
  onClose(): void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('no page around this component');
  return page;
}

const LOOK_EVERY_MS = 60_000;

/** The present; the component is drawn again when the day in China has changed. */
export function useNow(clock: PageClock): Date {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow((before) => (dayIn(before) === dayIn(clock.now()) ? before : clock.now())), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [clock]);
  // The clock may have learned of another day since; the drawing at hand should know.
  return dayIn(now) === dayIn(clock.now()) ? now : clock.now();
}

export function useSaved(saved: SavedPostings): readonly SavedPosting[] {
  const [items, setItems] = useState(saved.list);
  useEffect(() => {
    const read = (): void => setItems(saved.list());
    read();
    return saved.subscribe(read);
  }, [saved]);
  return items;
}
