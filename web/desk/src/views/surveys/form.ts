import dayjs, { type Dayjs } from 'dayjs';

import type { QuestionWritten, SurveyView, SurveyWritten } from '../../api/surveys';

const DAY = 'YYYY-MM-DD';

/** A question as the form holds it: the options one a line. */
export interface QuestionForm {
  kind: QuestionWritten['kind'];
  text: string;
  options?: string;
  highest?: number;
  low?: string;
  high?: string;
  required?: boolean;
}

export interface SurveyForm {
  title: string;
  purpose: string;
  days: [Dayjs, Dayjs];
  college?: string;
  cohort?: number | null;
  keep_days: number;
  questions: QuestionForm[];
}

export function linesOf(text: string | undefined): string[] {
  return [...new Set((text ?? '').split('\n').map((line) => line.trim()).filter(Boolean))];
}

/** What the server is told. */
export function writtenOf(form: SurveyForm): SurveyWritten {
  return {
    title: form.title.trim(),
    purpose: form.purpose.trim(),
    opens_on: form.days[0].format(DAY),
    closes_on: form.days[1].format(DAY),
    keep_days: form.keep_days,
    college: form.college?.trim() || null,
    cohort: form.cohort ?? null,
    questions: form.questions.map(questionOf),
  };
}

function questionOf({ kind, text, options, highest, low, high, required }: QuestionForm): QuestionWritten {
  const ofChoice = kind === 'single' || kind === 'multiple';
  const ofScale = kind === 'scale';
  return {
    kind,
    text: text.trim(),
    options: ofChoice ? linesOf(options) : [],
    lowest: 1,
    highest: ofScale ? (highest ?? 5) : 5,
    ends: ofScale ? [low?.trim() ?? '', high?.trim() ?? ''] : ['', ''],
    required: required ?? true,
  };
}

/** The form for a draft, or for a new survey that begins today. */
export function formOf(survey: SurveyView | null, today: string): SurveyForm {
  if (survey === null) {
    return { title: '', purpose: '', days: [dayjs(today), dayjs(today).add(14, 'day')], keep_days: 180, questions: [{ kind: 'single', text: '', required: true }] };
  }
  return {
    title: survey.title,
    purpose: survey.purpose,
    days: [dayjs(survey.opens_on), dayjs(survey.closes_on)],
    college: survey.college ?? '',
    cohort: survey.cohort,
    keep_days: survey.keep_days,
    questions: survey.questions.map((one) => ({
      kind: one.kind,
      text: one.text,
      options: (one.options ?? []).join('\n'),
      highest: one.highest ?? 5,
      low: one.ends?.[0] ?? '',
      high: one.ends?.[1] ?? '',
      required: one.required ?? true,
    })),
  };
}
