import type { ResultView } from '../../api/surveys';
import { texts } from '../../texts';

/** A line of a question's table: of all first, then of each group; null where it is hidden. */
export interface Line {
  name: string;
  values: readonly (number | null)[];
}

/** The lines of a question; a scale has its mean as the last one. */
export function linesOf(question: ResultView): Line[] {
  const counts = question.rows.map((row) => ({ name: row.name, values: [row.overall, ...row.groups] }));
  return question.means.length > 0 ? [...counts, { name: texts.surveys.mean, values: question.means }] : counts;
}

/** A count as it is shown; what is hidden says so, and never looks like nobody. */
export function cell(value: number | null | undefined): string {
  return value === null || value === undefined ? texts.surveys.hidden : String(value);
}
