import type { DocumentRow } from '../../api/documents';

const LOOKS: Readonly<Record<DocumentRow['status'], string>> = {
  in_force: 'mark-done',
  trial: 'mark-done',
  not_yet_in_force: 'mark-soon',
  only_that_year: 'mark-soon',
  expired: 'mark-over',
  superseded: 'mark-over',
  repealed: 'mark-over',
};

/** How a document stands today. */
export function StatusMark({ row }: { row: Pick<DocumentRow, 'status' | 'status_text'> }) {
  return <span className={`mark ${LOOKS[row.status]}`}>{row.status_text}</span>;
}
