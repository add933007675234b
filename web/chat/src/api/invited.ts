/** Surveys that may be answered and trainings that may be signed up for, as the server tells them (/api/chat/surveys, /api/chat/trainings). */
export type Answer = string | number | string[];

export interface SurveyQuestion {
  id: string;
  kind: 'single' | 'multiple' | 'scale' | 'text';
  text: string;
  options: string[];
  lowest: number;
  highest: number;
  ends: string[];
  required: boolean;
}

export interface Survey {
  id: number;
  title: string;
  purpose: string;
  questions: SurveyQuestion[];
  closes_on: string;
  kept_until: string;
  open: boolean;
  /** The reader's own, if any. */
  answers: Record<string, Answer> | null;
}

export interface Training {
  id: number;
  title: string;
  provider: string;
  starts_on: string;
  ends_on: string;
  hours: string;
  place: string;
  fee: string;
  subsidy: string;
  note: string;
  seats: number | null;
  free: number | null;
  sign_up_until: string;
  kept_until: string;
  open: boolean;
  taken_back: boolean;
  own: { name: string; contact: string; place: number; waits: boolean } | null;
}

export interface Invited {
  surveys: Survey[];
  trainings: Training[];
}

/** How a request to the chat API is made: method, path below /api/chat, body. Raises ChatFailure. */
export type Call = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** Everything there is for this conversation. Raises ChatFailure. */
export async function fetchInvited(call: Call): Promise<Invited> {
  const [surveys, trainings] = await Promise.all([call('GET', 'surveys'), call('GET', 'trainings')]);
  return { surveys: itemsOf<Survey>(surveys), trainings: itemsOf<Training>(trainings) };
}

export const putAnswers = (call: Call, id: number, answers: Record<string, Answer>) => call('PUT', `surveys/${id}/answers`, { consent: true, answers });
export const dropAnswers = (call: Call, id: number) => call('DELETE', `surveys/${id}/answers`);
export const putInterest = (call: Call, id: number, name: string, contact: string) =>
  call('PUT', `trainings/${id}/interest`, { consent: true, name, contact });
export const dropInterest = (call: Call, id: number) => call('DELETE', `trainings/${id}/interest`);

function itemsOf<Item>(body: unknown): Item[] {
  const items = (body as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? (items as Item[]) : [];
}
