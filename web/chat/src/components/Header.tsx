import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts';
import { eventTexts } from '../texts/events';
import { savedTexts } from '../texts/postings';
import { widgetTexts } from '../texts/widget';
import { surroundings } from './focus';
import { CalendarIcon, CloseIcon, StarIcon } from './icons';
import { type Frame, usePage, useSaved } from './page';
import { Phones } from './Phones';

const PANEL = 'emergency-panel';

interface Props {
  onTeacher: () => void;
  onSaved: () => void;
  onCalendar: () => void;
  frame: Frame | null;
}

/** Title, what the reader keeps and the calendar, and the two ways out that are always there: a person, and the emergency numbers. */
export function Header({ onTeacher, onSaved, onCalendar, frame }: Props) {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const around = surroundings(toggle.current);
    const onKey = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      toggle.current?.focus();
    };
    around.addEventListener('keydown', onKey);
    return () => around.removeEventListener('keydown', onKey);
  }, [open]);

  return (
    <header class="Navbar page-header">
      <div class="page-header-row">
        <div class="page-header-title">
          {frame === null ? <h1>{texts.title}</h1> : <h2>{frame.title}</h2>}
          <p>{texts.subtitle}</p>
        </div>
        {frame !== null && (
          <button type="button" class="icon-button frame-close" aria-label={widgetTexts.close} onClick={frame.onClose}>
            <CloseIcon />
          </button>
        )}
        <SavedButton onOpen={onSaved} />
        <button type="button" class="header-icon" aria-label={eventTexts.open} onClick={onCalendar}>
          <CalendarIcon />
          <span>{eventTexts.button}</span>
        </button>
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

function SavedButton({ onOpen }: { onOpen: () => void }) {
  const { saved } = usePage();
  const count = useSaved(saved).length;
  return (
    <button type="button" class="header-icon" data-count={count > 0 ? count : undefined} aria-label={savedTexts.open(count)} onClick={onOpen}>
      <StarIcon full={count > 0} />
      <span>{savedTexts.button}</span>
    </button>
  );
}
