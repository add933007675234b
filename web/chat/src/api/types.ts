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

export interface Posting {
  id: string;
  external_id: string | null;
  title: string;
  employer: string;
  city: string | null;
  salary_text: string | null;
  salary_min: number | null;
  salary_max: number | null;
  education: string | null;
  cohort: string | null;
  deadline: string | null;
  url: string | null;
}

export interface PostingsPayload {
  total: number;
  filters: Record<string, unknown>;
  items: Posting[];
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
}

export interface EventsPayload {
  total: number;
  filters: Record<string, unknown>;
  items: CareerEvent[];
}

export interface RiskCheckPayload {
  level: 'high' | 'medium' | 'low' | 'unknown';
  signals: { kind: string; phrase: string; advice: string }[];
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
