import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, () => void>>;

const WRITES = 'input, textarea, select, [contenteditable="true"], .ant-select-open';
const ASKS = '.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open';

/** Whether a key is meant for the page and not for a field, a dialogue or the browser. */
export function isForThePage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target;
  if (target instanceof Element && target.closest(WRITES)) return false;
  return document.querySelector(ASKS) === null;
}

/** Single keys for what is done all day; they rest while somebody types or a dialogue is open. */
export function useShortcuts(shortcuts: Shortcuts, active = true): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    if (!active) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const action = current.current[event.key];
      if (!action || !isForThePage(event)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [active]);
}
