import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

import type { TicketWish, View } from '../../api/tickets';

export const VIEWS: readonly View[] = ['inbox', 'mine', 'all', 'snoozed', 'resolved'];
const NARROWS = ['college', 'topic', 'priority', 'label'] as const;
export type Narrowing = (typeof NARROWS)[number];

/** What of the list is asked for; it stands in the address, so that a reload and a shared link show the same. */
export function useWish() {
  const [params, setParams] = useSearchParams();
  const wish = useMemo(() => wishOf(params), [params]);
  const narrow = useCallback(
    (change: Partial<Record<'view' | 'q' | Narrowing, string>>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  const narrowed = NARROWS.filter((name) => wish[name] !== undefined).length;
  return { wish, narrow, narrowed, search: params.toString() };
}

export function wishOf(params: URLSearchParams): TicketWish {
  const view = VIEWS.find((known) => known === params.get('view')) ?? 'inbox';
  const given = ['q', ...NARROWS].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { view, ...Object.fromEntries(given) };
}
