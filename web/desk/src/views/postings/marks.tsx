import type { Kind, PostingStatus } from '../../api/postings';
import { texts } from '../../texts';

const words = texts.postings;
const TONES: Readonly<Record<PostingStatus, string>> = { waiting: 'mark-soon', held: 'mark-over', published: 'mark-done', rejected: '', withdrawn: '' };

export interface Finding {
  kind: Kind;
  phrase: string;
  label: string;
  certain: boolean;
  reason: string;
  laws: string[];
}

/** The findings of a posting, as far as they say what they should. */
export function findingsOf(given: readonly Readonly<Record<string, unknown>>[]): Finding[] {
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  return given.map((one) => ({
    kind: word(one['kind']) as Kind,
    phrase: word(one['phrase']),
    label: word(one['label']),
    certain: one['certain'] === true,
    reason: word(one['reason']),
    laws: Array.isArray(one['laws']) ? one['laws'].map(String) : [],
  }));
}

/** Where a posting or a fair stands in its review. */
export function StatusMark({ words: said, status }: { words: { statuses: Readonly<Record<string, string>> }; status: PostingStatus }) {
  return <span className={`mark ${TONES[status]}`}>{said.statuses[status]}</span>;
}

/** The kind of a finding; red where the rules surely forbid it. */
export function FindingMark({ finding }: { finding: Readonly<Record<string, unknown>> }) {
  return <span className={`mark ${finding['certain'] === true ? 'mark-over' : 'mark-soon'}`}>{words.kinds[finding['kind'] as Kind] ?? String(finding['kind'])}</span>;
}
