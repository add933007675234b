/** The chat API's shapes, to the letter of its contract. Unknown kinds and codes stay readable: `text` carries the whole answer. */

export type Role = 'user' | 'bot' | 'counsellor' | 'system';

export interface Citation {
  document_id: string;
  /** Null where the document itself names none. */
  title: string | null;
  doc_no: string | null;
  issuer: string | null;
  issued_on: string | null;
  region: string | null;
  status: string | null;
  clause: string | null;
  quote: string;
  source: string | null;
  in_force_from?: string | null;
  in_force_until?: string | null;
  /** What replaces the document today; `certain` is false where only the titles suggest it. */
  replaced_by?: (DocumentName & { certain: boolean }) | null;
  copy_of?: DocumentName | null;
}

export interface DocumentName {
  document_id: string;
  title: string | null;
  doc_no: string | null;
}

/** Two clauses that belong together, the first two citations: `said` is what each says, `lead` what brings the second in. */
export interface Compared {
  kind: 'conflict' | 'wider' | 'replaced';
  lead: string;
  said: string[];
}

export interface PolicyAnswerPayload {
  outcome: 'answered' | 'refused' | 'clarify';
  reason: string | null;
  warnings: string[];
  citations: Citation[];
  suggestions: string[];
  /** The first lines of the text that say how its source stands: replaced, expired, of a past year. */
  notices?: string[];
  compared?: Compared | null;
}

export interface EligibilityPayload {
  verdict: 'pass' | 'fail' | 'unknown' | 'manual_review';
  programme: string;
  reasons: { condition: string; result: string; citation: Citation | string | null }[];
  missing: string[];
}

export type TraitName = 'weekends_off' | 'no_overtime' | 'housing' | 'meals' | 'hukou' | 'remote' | 'internship' | 'tenured';

/** Something that a posting offers or denies, with the phrase that says so. */
export interface Trait {
  value: boolean | null;
  evidence?: string | null;
}

/** A condition that was asked for and that the posting may or may not meet. */
export interface Uncertain {
  condition?: string;
  label: string;
  reason: string;
}

/** `open` may be applied for; `expired`: the deadline has passed; `withdrawn`: taken down, or no longer shown. */
export type PostingState = 'open' | 'expired' | 'withdrawn';

export interface Posting {
  id: string;
  external_id: string | null;
  title: string;
  employer: string;
  city: string | null;
  salary_text: string | null;
  /** Yuan a month, as `salary_max`. */
  salary_min: number | null;
  salary_max: number | null;
  education: string | null;
  cohort: string | null;
  deadline: string | null;
  url: string | null;
  employer_type?: string | null;
  cities?: string[];
  district?: string | null;
  /** Salaries a year. */
  salary_months?: number | null;
  salary_period?: 'month' | 'year' | 'day' | 'hour' | null;
  /** Yuan a day, as `day_max`. */
  day_min?: number | null;
  day_max?: number | null;
  negotiable?: boolean;
  deadline_state?: 'date' | 'open' | 'until_filled' | 'unknown' | null;
  deadline_text?: string | null;
  traits?: Partial<Record<TraitName, Trait>>;
  uncertain?: Uncertain[];
  /** N of “第N个”, where it is not the place in the list. */
  number?: number;
  status?: string | null;
  detail?: PostingDetail | null;
}

export interface PostingDetail {
  fields: { label: string; value: string; evidence?: string | null }[];
  source?: string | null;
  checked_at?: string | null;
  status?: string | null;
}

/** A condition as it was understood; `text` is what the user would type to drop it. */
export interface ConditionChip {
  condition: string;
  label: string;
  text: string;
}

/** A condition that could give way, and how many postings that would bring. */
export interface LoosenOption {
  label: string;
  text: string;
  total: number;
}

export interface PostingsPayload {
  total: number;
  filters: Record<string, unknown>;
  items: Posting[];
  chips?: ConditionChip[];
  loosen?: LoosenOption[];
  page?: { shown: number; more: boolean };
}

export interface CareerEvent {
  id: string;
  title: string;
  city: string | null;
  place: string | null;
  starts_at: string;
  ends_at: string | null;
  audience: string | null;
  past: boolean;
  kind?: string | null;
  organiser?: string | null;
  online?: boolean;
  /** `planned`, `cancelled` or `postponed`. */
  status?: string | null;
  url?: string | null;
  /** The day is known and the hour is not. */
  all_day?: boolean;
  source?: string | null;
  checked_at?: string | null;
  /** A path of this host at which the event is an .ics file. */
  ics?: string | null;
}

export interface EventsPayload {
  total: number;
  filters: Record<string, unknown>;
  items: CareerEvent[];
  /** Where nothing fits: what comes next, which is not what was asked for. */
  upcoming?: CareerEvent[];
}

export interface RiskSignal {
  kind: string;
  /** What a signal of this kind is called. */
  label?: string;
  phrase: string;
  advice: string;
}

export interface RiskCheckPayload {
  level: 'high' | 'medium' | 'low' | 'unknown';
  signals: RiskSignal[];
  steps?: string[];
  phones?: { number: string; label: string }[];
}

export interface HandoffPayload {
  ticket: string;
  status: 'queued' | 'claimed' | 'resolved';
  priority: 'urgent' | 'high' | 'normal';
  promise_due: string | null;
}

export interface Choice {
  title: string;
  value: string;
}

export interface ChoicesPayload {
  options: Choice[];
}

export interface NoticePayload {
  code: string;
}

export interface Message {
  id: string;
  seq: number;
  role: Role;
  kind: string;
  text: string;
  payload: Record<string, unknown> | null;
  created_at: string;
}

/** A question for a person, as the form takes it; `contact` may be empty and is kept only with consent. */
export interface LeftQuestion {
  clientId: string;
  text: string;
  contact: string;
  consent: boolean;
}

export interface Session {
  session_id: string;
  token: string;
  expires_at: string;
}

/** True when a decoded JSON value can be shown as a message; anything else on the wire is not ours to show. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Record<string, unknown>;
  return (
    (typeof candidate['id'] === 'string' || typeof candidate['id'] === 'number') &&
    typeof candidate['seq'] === 'number' &&
    typeof candidate['role'] === 'string' &&
    typeof candidate['text'] === 'string'
  );
}
