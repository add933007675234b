import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { invitedTexts } from '../../texts/invited';
import { useDoing } from './useDoing';

/** What a form needs to send what was filled in, and to be put away. */
export interface Filling {
  busy: boolean;
  /** Sends, and puts the form away once that has succeeded. */
  send: (work: () => Promise<unknown>, done: string) => void;
  cancel: () => void;
}

interface Props {
  title: string;
  children: ComponentChildren;
  /** What opens the form says; null where nothing can be filled in any more. */
  fill: string | null;
  form: (filling: Filling) => ComponentChildren;
  /** Takes back what the reader has given; null where there is nothing. */
  drop: (() => Promise<unknown>) | null;
  look: () => Promise<void>;
}

/** Something that a graduate is invited to: what it is, a form on demand, the way to take everything back, and how that ended. */
export function InvitedCard({ title, children, fill, form, drop, look }: Props) {
  const [open, setOpen] = useState(false);
  const { busy, note, run } = useDoing(look);
  const cancel = (): void => setOpen(false);
  const send = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    if (await run(work, done)) cancel();
  };
  return (
    <article class="invited-card">
      <h4>{title}</h4>
      {children}
      {open ? (
        form({ busy, send: (work, done) => void send(work, done), cancel })
      ) : (
        <div class="invited-actions">
          {fill && (
            <button type="button" class="chip" onClick={() => setOpen(true)}>
              {fill}
            </button>
          )}
          {drop && (
            <button type="button" class="chip" disabled={busy} onClick={() => void run(drop, invitedTexts.withdrawn)}>
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
