import { useState } from 'preact/hooks';
import { type Call, dropInterest, putInterest, type Training } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { ConsentForm } from './ConsentForm';
import { type Filling, InvitedCard } from './InvitedCard';

interface Props {
  training: Training;
  call: Call;
  look: () => Promise<void>;
}

export function TrainingCard({ training, call, look }: Props) {
  const { own } = training;
  const days = training.starts_on === training.ends_on ? training.starts_on : `${training.starts_on} 至 ${training.ends_on}`;
  const facts = [training.provider, days, training.hours, training.place, training.fee, training.subsidy].filter(Boolean);
  return (
    <InvitedCard
      title={training.title}
      fill={training.open ? (own === null ? invitedTexts.join : invitedTexts.change) : null}
      form={(filling) => <SignUpForm training={training} call={call} {...filling} />}
      drop={own === null ? null : () => dropInterest(call, training.id)}
      look={look}
    >
      <ul class="posting-facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {training.note && <p>{training.note}</p>}
      <p class="row-sub">
        {training.taken_back ? invitedTexts.takenBack : training.open ? invitedTexts.until(training.sign_up_until) : invitedTexts.over}
        {training.open && own === null && training.free !== null && ` · ${invitedTexts.free_seats(training.free)}`}
      </p>
      {own !== null && !training.taken_back && <p>{own.waits ? invitedTexts.waits(own.place) : invitedTexts.listed(own.place)}</p>}
    </InvitedCard>
  );
}

interface FormProps extends Filling {
  training: Training;
  call: Call;
}

function SignUpForm({ training, call, busy, send, cancel }: FormProps) {
  const [name, setName] = useState(training.own?.name ?? '');
  const [contact, setContact] = useState(training.own?.contact ?? '');
  const submit = (): void => send(() => putInterest(call, training.id, name, contact), invitedTexts.joined);
  return (
    <ConsentForm consent={invitedTexts.consentContact} submit={invitedTexts.join} busy={busy} onSubmit={submit} onCancel={cancel}>
      <label class="invited-field">
        <span>{invitedTexts.name}</span>
        <input type="text" required maxLength={30} autocomplete="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label class="invited-field">
        <span>{invitedTexts.contact}</span>
        <input type="text" required maxLength={100} autocomplete="tel" value={contact} onInput={(event) => setContact(event.currentTarget.value)} />
      </label>
      <p class="row-sub">{invitedTexts.keepContact(training.kept_until)}</p>
    </ConsentForm>
  );
}
