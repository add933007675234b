import { lastIndexWhere } from './list';

const SOURCE_LINE = /^[ \t　]*出处[：:]/;

/**
 * Splits an answer's text into what it says and the source block at its end, which begins with a line “出处：…”.
 * A “出处：” further up stays in the answer, so that no part of the answer is ever taken for a source.
 */
export function splitSource(text: string): { answer: string; source: string | null } {
  const lines = text.split(/\r\n|\r|\n/);
  let start = lastIndexWhere(lines, (line) => SOURCE_LINE.test(line));
  if (start === -1) return { answer: text.trimEnd(), source: null };
  while (start > 0 && previousSourceLine(lines, start) !== -1) start = previousSourceLine(lines, start);
  const answer = lines.slice(0, start).join('\n').trimEnd();
  // An answer that is nothing but its source is shown whole.
  if (answer === '') return { answer: text.trimEnd(), source: null };
  return { answer, source: lines.slice(start).join('\n').trim() };
}

/** Whether a text is nothing but its source: a clause that a counsellor sends along says nothing of its own. */
export function isSourceAlone(text: string): boolean {
  return SOURCE_LINE.test(text.trimStart()) && splitSource(text).source === null;
}

/** Several sources may follow each other, one a line, blank lines between. */
function previousSourceLine(lines: readonly string[], start: number): number {
  let at = start - 1;
  while (at >= 0 && lines[at]?.trim() === '') at -= 1;
  return at >= 0 && SOURCE_LINE.test(lines[at] ?? '') ? at : -1;
}
