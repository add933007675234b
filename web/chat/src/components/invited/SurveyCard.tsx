import { useState } from 'preact/hooks';
import { type Answer, type Call, dropAnswers, putAnswers, type Survey, type SurveyQuestion } from '../../api/invited';
import { invitedTexts } from '../../texts/invited';
import { ConsentForm } from './ConsentForm';
import { type Filling, InvitedCard } from './InvitedCard';

interface Props {
  survey: Survey;
  call: Call;
  look: () => Promise<void>;
}

export function SurveyCard({ survey, call, look }: Props) {
  const answered = survey.answers !== null;
  return (
    <InvitedCard
      title={survey.title}
      fill={survey.open ? (answered ? invitedTexts.change : invitedTexts.fill) : null}
      form={(filling) => <SurveyForm survey={survey} call={call} {...filling} />}
      drop={answered ? () => dropAnswers(call, survey.id) : null}
      look={look}
    >
      <p>
        {invitedTexts.purpose}
        {survey.purpose}
      </p>
      <p class="row-sub">{invitedTexts.keep(survey.kept_until)}</p>
      <p class="row-sub">
        {survey.open ? invitedTexts.until(survey.closes_on) : invitedTexts.over}
        {answered && ` · ${invitedTexts.answered}`}
      </p>
    </InvitedCard>
  );
}

interface FormProps extends Filling {
  survey: Survey;
  call: Call;
}

function SurveyForm({ survey, call, busy, send, cancel }: FormProps) {
  const [answers, setAnswers] = useState<Record<string, Answer>>(survey.answers ?? {});
  const answer = (id: string, given: Answer): void => setAnswers((before) => ({ ...before, [id]: given }));
  const submit = (): void => send(() => putAnswers(call, survey.id, answers), invitedTexts.saved);
  return (
    <ConsentForm consent={invitedTexts.consent} submit={invitedTexts.submit} busy={busy} onSubmit={submit} onCancel={cancel}>
      {survey.questions.map((question) => (
        <Question key={question.id} name={`s${survey.id}-${question.id}`} question={question} given={answers[question.id]} onAnswer={(given) => answer(question.id, given)} />
      ))}
    </ConsentForm>
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
