import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { invitedTexts } from '../../texts/invited';

interface Props {
  children: ComponentChildren;
  consent: string;
  submit: string;
  busy: boolean;
  onSubmit: () => void;
  onCancel: () => void;
}

/** A form that is sent only with consent. */
export function ConsentForm({ children, consent, submit, busy, onSubmit, onCancel }: Props) {
  const [given, setGiven] = useState(false);
  return (
    <form
      class="invited-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <label class="invited-check">
        <input type="checkbox" checked={given} onChange={(event) => setGiven(event.currentTarget.checked)} />
        <span>{consent}</span>
      </label>
      <div class="invited-actions">
        <button type="submit" class="chip" disabled={busy || !given}>
          {submit}
        </button>
        <button type="button" class="chip" onClick={onCancel}>
          {invitedTexts.cancel}
        </button>
      </div>
    </form>
  );
}
