import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { texts } from '../texts';
import { ThumbIcon } from './icons';

interface Props {
  onRate: (helpful: boolean, comment?: string) => Promise<void>;
}

type Step = 'open' | 'sending' | 'thanks' | 'comment' | 'thanks-down';

/** Thumbs below an answer. A thumb down counts at once; what was wrong may be added, or not. */
export function Feedback({ onRate }: Props) {
  const [step, setStep] = useState<Step>('open');
  const [failed, setFailed] = useState(false);
  const labels = texts.feedback;

  const rate = async (helpful: boolean, next: Step, back: Step, comment?: string): Promise<void> => {
    setFailed(false);
    setStep(back === 'open' ? 'sending' : back);
    try {
      await onRate(helpful, comment);
      setStep(next);
    } catch {
      setFailed(true);
      setStep(back);
    }
  };

  return (
    <div class="feedback">
      {(step === 'open' || step === 'sending') && (
        <div role="group" aria-label={labels.group} class="thumbs">
          <button type="button" class="thumb" aria-label={labels.up} disabled={step === 'sending'} onClick={() => void rate(true, 'thanks', 'open')}>
            <ThumbIcon />
          </button>
          <button type="button" class="thumb" aria-label={labels.down} disabled={step === 'sending'} onClick={() => void rate(false, 'comment', 'open')}>
            <ThumbIcon down />
          </button>
        </div>
      )}
      {step === 'comment' && (
        <CommentForm onSubmit={(comment) => void rate(false, 'thanks-down', 'comment', comment)} onSkip={() => setStep('thanks-down')} />
      )}
      <p role="status" class={failed ? 'feedback-failed' : 'feedback-done'}>
        {failed ? labels.failed : step === 'thanks' ? labels.thanks : step === 'thanks-down' ? labels.thanksDown : ''}
      </p>
    </div>
  );
}

function CommentForm({ onSubmit, onSkip }: { onSubmit: (comment: string) => void; onSkip: () => void }) {
  const [comment, setComment] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const labels = texts.feedback;
  // The thumb that was pressed is gone: keyboard users continue in the field that took its place.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <form
      class="comment"
      onSubmit={(event) => {
        event.preventDefault();
        if (comment.trim() === '') onSkip();
        else onSubmit(comment.trim());
      }}
    >
      <label for={id}>{labels.ask}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={comment}
        ref={field}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div class="comment-actions">
        <button type="submit" class="chip">
          {labels.submit}
        </button>
        <button type="button" class="chip" onClick={onSkip}>
          {labels.skip}
        </button>
      </div>
    </form>
  );
}
