import { useState } from 'preact/hooks';
import { type Answer, type Call, dropAnswers, putAnswers, type Survey, type SurveyQuestion } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { useDoing } from './useDoing';

interface Props {
  survey: Survey;
  call: Call;
  look: () => Promise<void>;
}

export function SurveyCard({ survey, call, look }: Props) {
  const [open, setOpen] = useState(false);
  const { busy, note, run } = useDoing(look);
  const answered = survey.answers !== null;

  const submit = async (answers: Record<string, Answer>): Promise<void> => {
    if (await run(() => putAnswers(call, survey.id, answers), invitedTexts.saved)) setOpen(false);
  };

  return (
    <article class="invited-card">
      <h4>{survey.title}</h4>
      <p>
        {invitedTexts.purpose}
        {survey.purpose}
      </p>
      <p class="row-sub">{invitedTexts.keep(survey.kept_until)}</p>
      <p class="row-sub">
        {survey.open ? invitedTexts.until(survey.closes_on) : invitedTexts.over}
        {answered && ` · ${invitedTexts.answered}`}
      </p>
      {open ? (
        <SurveyForm survey={survey} busy={busy} onSubmit={(answers) => void submit(answers)} onCancel={() => setOpen(false)} />
      ) : (
        <div class="invited-actions">
          {survey.open && (
            <button type="button" class="chip" onClick={() => setOpen(true)}>
              {answered ? invitedTexts.change : invitedTexts.fill}
            </button>
          )}
          {answered && (
            <button type="button" class="chip" disabled={busy} onClick={() => void run(() => dropAnswers(call, survey.id), invitedTexts.withdrawn)}>
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
  survey: Survey;
  busy: boolean;
  onSubmit: (answers: Record<string, Answer>) => void;
  onCancel: () => void;
}

function SurveyForm({ survey, busy, onSubmit, onCancel }: FormProps) {
  const [answers, setAnswers] = useState<Record<string, Answer>>(survey.answers ?? {});
  const [consent, setConsent] = useState(false);
  const answer = (id: string, given: Answer): void => setAnswers((before) => ({ ...before, [id]: given }));
  return (
    <form
      class="invited-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(answers);
      }}
    >
      {survey.questions.map((question) => (
        <Question key={question.id} name={`s${survey.id}-${question.id}`} question={question} given={answers[question.id]} onAnswer={(given) => answer(question.id, given)} />
      ))}
      <label class="invited-check">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.currentTarget.checked)} />
        <span>{invitedTexts.consent}</span>
      </label>
      <div class="invited-actions">
        <button type="submit" class="chip" disabled={busy || !consent}>
          {invitedTexts.submit}
        </button>
        <button type="button" class="chip" onClick={onCancel}>
          {invitedTexts.cancel}
        </button>
      </div>
    </form>
  );
}

interface QuestionProps {
  name: string;
  question: SurveyQuestion;
  given: Answer | undefined;
  onAnswer: (given: Answer) => void;
}

function Question({ name, question, given, onAnswer }: QuestionProps) {
  const title = `${question.text}${question.required ? '' : invitedTexts.optional}`;
  if (question.kind === 'text') {
    return (
      <label class="invited-field">
        <span>{title}</span>
        <textarea rows={3} maxLength={300} placeholder={invitedTexts.noPhone} value={String(given ?? '')} onInput={(event) => onAnswer(event.currentTarget.value)} />
      </label>
    );
  }
  const several = question.kind === 'multiple';
  const chosen = Array.isArray(given) ? given : given === undefined ? [] : [String(given)];
  const choose = (option: string, on: boolean): void => {
    if (question.kind === 'scale') onAnswer(Number(option));
    else if (!several) onAnswer(option);
    else onAnswer(on ? [...chosen, option] : chosen.filter((one) => one !== option));
  };
  return (
    <fieldset class="invited-question" data-kind={question.kind}>
      <legend>{title}</legend>
      {optionsOf(question).map(({ value, label }) => (
        <label key={value} class="invited-check">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            required={question.required && !several}
            checked={chosen.includes(value)}
            onChange={(event) => choose(value, event.currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What can be chosen; the ends of a scale say what they mean. */
export function optionsOf(question: SurveyQuestion): { value: string; label: string }[] {
  if (question.kind !== 'scale') return question.options.map((option) => ({ value: option, label: option }));
  const steps = Array.from({ length: question.highest - question.lowest + 1 }, (_, index) => question.lowest + index);
  return steps.map((step) => {
    const end = step === question.lowest ? question.ends[0] : step === question.highest ? question.ends[1] : '';
    return { value: String(step), label: end ? `${step} ${end}` : String(step) };
  });
}
