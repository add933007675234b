import { type RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lastOf } from '../text/list';
import { type ChatState, isWaiting, timeline } from '../state/store';

const NEAR_END_PX = 120;
const TOP_MARGIN_PX = 12;

/**
 * Keeps the newest message in view while the reader is at the end, and leaves them alone while they read further up.
 * An answer taller than the screen is shown from its beginning.
 */
export function useStickyScroll(state: ChatState): { scroller: RefObject<HTMLElement | null>; behind: boolean; toEnd: () => void } {
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const entries = timeline(state);
  const last = lastOf(entries);
  const mine = last?.type === 'outgoing';
  const key = `${state.past.length}:${last?.key ?? ''}`;
  const seen = useRef(key);
  const waiting = isWaiting(state);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = (): void => {
      atEnd.current = element.scrollHeight - element.clientHeight - element.scrollTop < NEAR_END_PX;
      if (atEnd.current) setBehind(false);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    // The keyboard of a phone takes half of the screen away: stay where the conversation is.
    const resized = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || last === undefined) return;
    const arrived = seen.current !== key;
    seen.current = key;
    if (!mine && !atEnd.current) {
      if (arrived) setBehind(true);
      return;
    }
    element.scrollTop = restingPlace(element);
    atEnd.current = true;
    setBehind(false);
  }, [key, waiting]);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setBehind(false);
  }, []);

  return { scroller, behind, toEnd };
}

function restingPlace(element: HTMLElement): number {
  const end = element.scrollHeight - element.clientHeight;
  const rows = element.querySelectorAll<HTMLElement>('.MessageList > .Message');
  const newest = rows[rows.length - 1];
  if (newest === undefined) return end;
  const top = newest.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop;
  return Math.min(end, top - TOP_MARGIN_PX);
}
