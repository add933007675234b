import type { Call } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { Panel } from '../panel/Panel';
import { SurveyCard } from './SurveyCard';
import { TrainingCard } from './TrainingCard';
import type { InvitedState } from './useInvited';

interface Props extends InvitedState {
  call: Call;
  onClose: () => void;
}

/** Surveys and trainings: what they are for first, then a form, and a way to take everything back. */
export function InvitedPanel({ invited, failed, look, call, onClose }: Props) {
  const nothing = invited !== null && invited.surveys.length + invited.trainings.length === 0;
  return (
    <Panel title={invitedTexts.title} onClose={onClose}>
      <p class="row-sub">{invitedTexts.free}</p>
      {failed && (
        <p class="panel-warning" role="alert">
          {invitedTexts.loadFailed}
        </p>
      )}
      {nothing && <p class="panel-empty">{invitedTexts.nothing}</p>}
      {invited !== null && invited.surveys.length > 0 && <h3 class="invited-part">{invitedTexts.surveys}</h3>}
      {invited?.surveys.map((survey) => (
        <SurveyCard key={survey.id} survey={survey} call={call} look={look} />
      ))}
      {invited !== null && invited.trainings.length > 0 && <h3 class="invited-part">{invitedTexts.trainings}</h3>}
      {invited?.trainings.map((training) => (
        <TrainingCard key={training.id} training={training} call={call} look={look} />
      ))}
    </Panel>
  );
}
