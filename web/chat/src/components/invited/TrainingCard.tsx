import { useState } from 'preact/hooks';
import { type Call, dropInterest, putInterest, type Training } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { useDoing } from './useDoing';

interface Props {
  training: Training;
  call: Call;
  look: () => Promise<void>;
}

export function TrainingCard({ training, call, look }: Props) {
  const [open, setOpen] = useState(false);
  const { busy, note, run } = useDoing(look);
  const { own } = training;
  const days = training.starts_on === training.ends_on ? training.starts_on : `${training.starts_on} 至 ${training.ends_on}`;
  const facts = [training.provider, days, training.hours, training.place, training.fee, training.subsidy].filter(Boolean);

  const join = async (name: string, contact: string): Promise<void> => {
    if (await run(() => putInterest(call, training.id, name, contact), invitedTexts.joined)) setOpen(false);
  };

  return (
    <article class="invited-card">
      <h4>{training.title}</h4>
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
      {open ? (
        <SignUpForm training={training} busy={busy} onSubmit={(name, contact) => void join(name, contact)} onCancel={() => setOpen(false)} />
      ) : (
        <div class="invited-actions">
          {training.open && (
            <button type="button" class="chip" onClick={() => setOpen(true)}>
              {own === null ? invitedTexts.join : invitedTexts.change}
            </button>
          )}
          {own !== null && (
            <button type="button" class="chip" disabled={busy} onClick={() => void run(() => dropInterest(call, training.id), invitedTexts.withdrawn)}>
              {invitedTexts.withdraw}
            </button>
          )}
        </div>
      )}
      <p role="status" class="panel-status">
        {note}
      </p>
    </article>
  );
}

interface FormProps {
  training: Training;
  busy: boolean;
  onSubmit: (name: string, contact: string) => void;
  onCancel: () => void;
}

function SignUpForm({ training, busy, onSubmit, onCancel }: FormProps) {
  const [name, setName] = useState(training.own?.name ?? '');
  const [contact, setContact] = useState(training.own?.contact ?? '');
  const [consent, setConsent] = useState(false);
  return (
    <form
      class="invited-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(name, contact);
      }}
    >
      <label class="invited-field">
        <span>{invitedTexts.name}</span>
        <input type="text" required maxLength={30} autocomplete="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label class="invited-field">
        <span>{invitedTexts.contact}</span>
        <input type="text" required maxLength={100} autocomplete="tel" value={contact} onInput={(event) => setContact(event.currentTarget.value)} />
      </label>
      <p class="row-sub">{invitedTexts.keepContact(training.kept_until)}</p>
      <label class="invited-check">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.currentTarget.checked)} />
        <span>{invitedTexts.consentContact}</span>
      </label>
      <div class="invited-actions">
        <button type="submit" class="chip" disabled={busy || !consent}>
          {invitedTexts.join}
        </button>
        <button type="button" class="chip" onClick={onCancel}>
          {invitedTexts.cancel}
        </button>
      </div>
    </form>
  );
}
