import { type RefObject, useEffect } from 'react';

const SCROLLS = '.ant-table-content:not([tabindex])';

/** Lets the keyboard reach tables that scroll sideways (WCAG 2.1.1); Ant Design leaves them out of the order. */
export function useReachableScroll(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const reach = () => element.querySelectorAll<HTMLElement>(SCROLLS).forEach((table) => table.setAttribute('tabindex', '0'));
    reach();
    const watcher = new MutationObserver(reach);
    watcher.observe(element, { childList: true, subtree: true });
    return () => watcher.disconnect();
  }, [frame]);
}
