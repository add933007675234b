import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts';
import { Phones } from './Phones';

const PANEL = 'emergency-panel';

/** Title, and the two ways out that are always there: a person, and the emergency numbers. */
export function Header({ onTeacher }: { onTeacher: () => void }) {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      toggle.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);

  return (
    <header class="Navbar page-header">
      <div class="page-header-row">
        <div class="page-header-title">
          <h1>{texts.title}</h1>
          <p>{texts.subtitle}</p>
        </div>
        <button type="button" class="header-button" onClick={onTeacher}>
          {texts.teacher}
        </button>
        <button
          type="button"
          class="header-button header-button-quiet"
          ref={toggle}
          aria-expanded={open}
          aria-controls={PANEL}
          onClick={() => setOpen(!open)}
        >
          {texts.emergency}
        </button>
      </div>
      <div id={PANEL} class="emergency" hidden={!open}>
        <p>{texts.emergencyIntro}</p>
        <Phones />
      </div>
    </header>
  );
}
