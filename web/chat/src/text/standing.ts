import type { Citation, DocumentName } from '../api/types';
import { standings, statusText } from '../texts';

export type Tone = 'good' | 'notice' | 'bad' | 'plain';

export interface Badge {
  label: string;
  tone: Tone;
}

const tones: Record<string, Tone> = {
  in_force: 'good',
  active: 'good',
  current: 'good',
  trial: 'notice',
  not_yet_in_force: 'notice',
  only_that_year: 'notice',
  year_only: 'notice',
  expired: 'bad',
  superseded: 'bad',
  repealed: 'bad',
};

/** How a cited document stands, at a glance: its status, that it may be replaced, that it is a copy. Never told by colour alone. */
export function badgesOf(citation: Citation): Badge[] {
  const badges: Badge[] = [];
  const label = statusText(citation.status);
  const maybe = citation.replaced_by !== undefined && citation.replaced_by !== null && !citation.replaced_by.certain;
  if (label !== null && !(maybe && tones[citation.status ?? ''] === 'good')) {
    badges.push({ label, tone: tones[citation.status ?? ''] ?? 'plain' });
  }
  if (maybe) badges.push({ label: standings.maybeReplaced, tone: 'notice' });
  if (citation.copy_of) badges.push({ label: standings.copy, tone: 'notice' });
  return badges;
}

/** How grave the notice above an answer is: graver where the source no longer holds than where it is of a past year or in dispute. */
export function noticeTone(first: Citation | undefined): Tone {
  return tones[first?.status ?? ''] === 'bad' ? 'bad' : 'notice';
}

/** `《title》（number）`. */
export function nameOf(document: DocumentName): string {
  const title = document.title ? `《${document.title}》` : '';
  return document.doc_no ? `${title}（${document.doc_no}）` : title;
}

/** A text without the lines that are shown apart: those of the notices, and those that end with what a compared clause says. */
export function withoutLines(text: string, notices: readonly string[], said: readonly string[]): string {
  const apart = new Set(notices.map((line) => line.trim()));
  const lines = text.split(/\r\n|\r|\n/);
  return lines
    .filter((line) => !apart.has(line.trim()) && !said.some((words) => words !== '' && line.trimEnd().endsWith(words.trimEnd())))
    .join('\n')
    .trim();
}
