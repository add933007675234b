import { useState } from 'preact/hooks';
import type { Invited } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { CloseIcon } from '../icons';

/** One line that tells of surveys and trainings; not there where there are none, and gone once it is put away. */
export function InvitedStrip({ invited, onOpen }: { invited: Invited | null; onOpen: () => void }) {
  const [hidden, setHidden] = useState(false);
  if (hidden || invited === null || invited.surveys.length + invited.trainings.length === 0) return null;
  const surveys = invited.surveys.filter((survey) => survey.open && survey.answers === null).length;
  const trainings = invited.trainings.filter((training) => training.open && training.own === null).length;
  return (
    <div class="invited-strip">
      <button type="button" class="invited-open" onClick={onOpen}>
        {invitedTexts.strip(surveys, trainings)} <span aria-hidden="true">›</span>
      </button>
      <button type="button" class="icon-button" aria-label={invitedTexts.hide} onClick={() => setHidden(true)}>
        <CloseIcon />
      </button>
    </div>
  );
}
