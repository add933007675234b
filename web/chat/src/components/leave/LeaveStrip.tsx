import { useState } from 'preact/hooks';
import type { LeftQuestions } from '../../state/left';
import { moment } from '../../text/format';
import { leaveTexts } from '../../texts/widget';
import { CloseIcon } from '../icons';
import { usePage } from '../page';
import { useLeft, useNextDuty } from './useLeft';

interface Props {
  left: LeftQuestions;
  /** Nobody can be reached now. */
  away: boolean;
  onOpen: () => void;
}

/** One line that says when nobody can answer, and the way to leave a question; not there while somebody is on duty. */
export function LeaveStrip({ left, away, onOpen }: Props) {
  const { now } = usePage();
  const next = useNextDuty();
  const items = useLeft(left);
  const [hidden, setHidden] = useState(false);
  const refused = items.some((item) => item.refused !== null);
  const waiting = items.filter((item) => item.refused === null).length;
  const must = away || refused || waiting > 0;
  const line = refused
    ? leaveTexts.refused
    : waiting > 0
      ? leaveTexts.waiting(waiting)
      : away
        ? leaveTexts.away
        : next !== null
          ? leaveTexts.offDuty(moment(next, now))
          : '';
  const shown = line !== '' && (must || !hidden);
  return (
    <div class="leave-strip" role="status" data-visible={shown}>
      {shown && <span>{line}</span>}
      {shown && (
        <button type="button" class="chip" onClick={onOpen}>
          {leaveTexts.open}
        </button>
      )}
      {shown && !must && (
        <button type="button" class="icon-button" aria-label={leaveTexts.hide} onClick={() => setHidden(true)}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
