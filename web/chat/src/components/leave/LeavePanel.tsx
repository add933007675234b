import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { LeftQuestions } from '../../state/left';
import { leaveTexts } from '../../texts/widget';
import { Panel } from '../panel/Panel';
import { Phones } from '../Phones';

const LONGEST_QUESTION = 1_000;
const LONGEST_CONTACT = 100;
/** What may be a mobile number, an address or a WeChat name; the server looks closely. */
const MAYBE_CONTACT = /1[3-9]\d{9}|\S@\S|[A-Za-z][\w-]{5,}/;

/** The form for a question that a person shall answer: kept here until it is on record there. */
export function LeavePanel({ left, onClose }: { left: LeftQuestions; onClose: () => void }) {
  const refused = left.list().find((item) => item.refused !== null);
  const [text, setText] = useState(refused?.text ?? '');
  const [contact, setContact] = useState(refused?.contact ?? '');
  const [consent, setConsent] = useState(refused?.consent ?? false);
  const [note, setNote] = useState(refused?.refused ?? '');
  const [done, setDone] = useState(false);
  const id = useId();
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone with the form: keyboard users continue where it says what came of it.
  useEffect(() => {
    if (done) said.current?.focus({ preventScroll: true });
  }, [done]);

  const submit = async (): Promise<void> => {
    const reach = contact.trim();
    const wrong = problem(reach, consent);
    setNote(wrong ?? leaveTexts.sending);
    if (wrong !== null) return;
    setDone(true);
    const sent = await left.leave(text.trim(), reach, consent && reach !== '');
    const back = left.list().find((item) => item.refused !== null);
    setDone(back === undefined);
    setNote(back?.refused ?? (sent ? leaveTexts.sent : leaveTexts.kept));
  };

  return (
    <Panel title={leaveTexts.title} onClose={onClose}>
      <p>{leaveTexts.intro}</p>
      <p class="row-sub">{leaveTexts.danger}</p>
      <Phones />
      {!done && (
        <form
          class="leave-form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <label for={`${id}-q`}>{leaveTexts.question}</label>
          <textarea
            id={`${id}-q`}
            rows={5}
            required
            maxLength={LONGEST_QUESTION}
            aria-describedby={`${id}-qh`}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="row-sub" id={`${id}-qh`}>
            {leaveTexts.questionHint}
          </p>
          <label for={`${id}-c`}>{leaveTexts.contact}</label>
          <input
            id={`${id}-c`}
            type="text"
            maxLength={LONGEST_CONTACT}
            autocomplete="off"
            aria-describedby={`${id}-ch`}
            value={contact}
            onInput={(event) => setContact(event.currentTarget.value)}
          />
          <p class="row-sub" id={`${id}-ch`}>
            {leaveTexts.contactHint}
          </p>
          <label class="invited-check">
            <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.currentTarget.checked)} />
            <span>{leaveTexts.consent}</span>
          </label>
          <div class="invited-actions">
            <button type="submit" class="send" disabled={text.trim() === ''}>
              {leaveTexts.submit}
            </button>
            <button type="button" class="chip" onClick={onClose}>
              {leaveTexts.cancel}
            </button>
          </div>
        </form>
      )}
      <p role="status" class="leave-note" tabIndex={-1} ref={said}>
        {note}
      </p>
      {done && (
        <button type="button" class="chip" onClick={onClose}>
          {leaveTexts.back}
        </button>
      )}
    </Panel>
  );
}

function problem(contact: string, consent: boolean): string | null {
  if (contact === '') return null;
  if (!MAYBE_CONTACT.test(contact.replace(/[\s-]/g, '')) && !MAYBE_CONTACT.test(contact)) return leaveTexts.contactInvalid;
  return consent ? null : leaveTexts.consentMissing;
}
