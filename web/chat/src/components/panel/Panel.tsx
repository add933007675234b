import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { panelTexts } from '../../texts/postings';
import { focused, keepInside, surroundings } from '../focus';
import { CloseIcon } from '../icons';

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/**
 * A sheet over the page (the whole screen of a phone, the right side elsewhere). A dialogue in the sense of WAI-ARIA: the focus
 * comes in, stays in, and goes back to where it was; Escape closes it. Not <dialog>, which the oldest web views that we serve lack.
 */
export function Panel({ title, onClose, children }: Props) {
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  useFocusInside(sheet);

  useEffect(() => {
    // Around the sheet: what had the focus may be gone, and Escape should close the sheet all the same.
    const around = surroundings(sheet.current);
    const onKeyDown = (event: Event): void => {
      if (!(event instanceof KeyboardEvent)) return;
      if (event.key === 'Tab' && sheet.current !== null) keepInside(event, sheet.current);
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    };
    around.addEventListener('keydown', onKeyDown);
    return () => around.removeEventListener('keydown', onKeyDown);
  }, [onClose]);

  return (
    <div class="panel-ground">
      <div class="panel-shade" onClick={onClose} />
      <section class="panel" role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} ref={sheet}>
        <header class="panel-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label={panelTexts.close} onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        <div class="panel-body">{children}</div>
      </section>
    </div>
  );
}

function useFocusInside(sheet: { current: HTMLElement | null }): void {
  // Read while drawing: once the sheet is there, the page behind is inert and has lost the focus.
  const before = useRef(focused()).current;
  useEffect(() => {
    sheet.current?.focus({ preventScroll: true });
    return () => {
      // Not at once: the page behind is still inert while the sheet is being taken away.
      queueMicrotask(() => {
        if (before?.isConnected) before.focus({ preventScroll: true });
      });
    };
  }, []);
}
