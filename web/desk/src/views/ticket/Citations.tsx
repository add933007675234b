import { texts } from '../../texts';

export interface Citation {
  title: string;
  doc_no: string;
  clause: string;
  quote: string;
  status: string;
}

/** The clauses of a payload, as far as they say what they should. */
export function citationsOf(given: readonly Readonly<Record<string, unknown>>[]): Citation[] {
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  return given.map((one) => ({ title: word(one['title']), doc_no: word(one['doc_no']), clause: word(one['clause']), quote: word(one['quote']), status: word(one['status']) }));
}

/** The clauses that an answer rests on: title, number, path and the words as printed. */
export function Citations({ citations, open = false }: { citations: readonly Citation[]; open?: boolean }) {
  if (citations.length === 0) return null;
  const list = (
    <ul className="citations">
      {citations.map((citation, index) => (
        <li key={index}>
          <span className="citation-title">{[citation.title, citation.doc_no, citation.clause].filter(Boolean).join(' · ')}</span>
          {citation.quote && <blockquote>{citation.quote}</blockquote>}
        </li>
      ))}
    </ul>
  );
  if (open) return list;
  return (
    <details className="citations-more">
      <summary>{texts.ticket.citations(citations.length)}</summary>
      {list}
    </details>
  );
}
