import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';

import { Live } from '../api/live';
import { readSession } from '../api/session';

const ASK_MS = 15_000;

const Context = createContext<Live | null>(null);

/** One stream of events for everything below. After a gap everything shown is read anew. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const live = useMemo(
    () =>
      new Live(
        () => new EventSource('/api/desk/events'),
        () => void queries.invalidateQueries(),
        () => void readSession().then((state) => queries.setQueryData(['session'], state), () => undefined),
      ),
    [queries],
  );
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useEffect(() => {
    // Without the stream whatever is shown is read anew now and then: nobody waits for a line that is down.
    const timer = setInterval(() => live.state === 'broken' && void queries.invalidateQueries({ refetchType: 'active' }), ASK_MS);
    return () => clearInterval(timer);
  }, [live, queries]);
  return <Context value={live}>{children}</Context>;
}

export function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error('there is no stream here');
  return live;
}

export function useLiveState() {
  const live = useLive();
  return useSyncExternalStore(
    (changed) => live.watch(changed),
    () => live.state,
  );
}
