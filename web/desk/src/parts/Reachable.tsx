import { type ReactNode, useRef } from 'react';

import { useReachableScroll } from './useReachableScroll';

/** What stands in a drawer: its tables that scroll can be reached by the keyboard, as those of a page can. */
export function Reachable({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useReachableScroll(frame);
  return <div ref={frame}>{children}</div>;
}
