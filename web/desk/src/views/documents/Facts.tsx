import type { DocumentRow } from '../../api/documents';
import { texts } from '../../texts';
import { StatusMark } from './StatusMark';

const words = texts.documents;

/** What is known of a document, in two columns. */
export function Facts({ row }: { row: DocumentRow }) {
  const facts: readonly (readonly [string, string])[] = [
    [words.number, row.doc_no ?? words.unknown],
    [words.issuers, row.issuers.join('、') || words.unknown],
    [words.issued, row.issued_on ?? words.unknown],
    [words.region, row.region ?? words.everywhere],
    [words.span, words.spanOf(row.in_force_from, row.in_force_until)],
    ...(row.cohorts.length > 0 ? [[words.cohorts, row.cohorts.map(words.cohort).join('、')] as const] : []),
    ...(row.audience.length > 0 ? [[words.audience, row.audience.join('、')] as const] : []),
    [words.source, row.source],
  ];
  return (
    <dl className="facts">
      <dt>{words.status}</dt>
      <dd>
        <StatusMark row={row} /> {row.version > 1 && words.version(row.version)}
        {row.replaced_by && <p>{words.replacedBy(row.replaced_by.title, row.replaced_by.certain)}</p>}
        {row.retired_until && <p>{words.retiredOn(row.retired_until, row.retired_reason ?? '')}</p>}
      </dd>
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
