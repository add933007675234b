import { Link } from 'react-router';

import type { SearchTested } from '../../api/upkeep';
import { texts } from '../../texts';
import { StatusMark } from '../documents/StatusMark';

const words = texts.searchTest;
type Clause = SearchTested['clauses'][number];

/** Clauses in the order of the search, each with what speaks for it. */
export function Found({ clauses }: { clauses: readonly Clause[] }) {
  return (
    <ol className="found">
      {clauses.map((clause, index) => (
        <li key={`${clause.document_id}-${clause.clause}-${index}`}>
          <p className="found-head">
            <Link to={`/documents/${clause.document_id}`}>
              《{clause.document}》{clause.clause}
            </Link>{' '}
            <StatusMark row={clause} />
          </p>
          <p className="printed">{clause.sentence}</p>
          <dl className="found-why">
            {whys(clause).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

/** The reasons that there are, as name and value. */
function whys(clause: Clause): (readonly [string, string])[] {
  const against = words.against[clause.against];
  const reasons = (points: Readonly<Record<string, number>>) =>
    Object.entries(points)
      .map(([name, gain]) => `${name} ${gain > 0 ? '+' : ''}${gain.toFixed(2)}`)
      .join('；');
  const all: (readonly [string, string])[] = [
    [words.score, `${clause.score.toFixed(2)} · ${words.similarity} ${clause.similarity.toFixed(2)}`],
    [words.words, clause.words.join('、')],
    [words.headingWords, clause.heading_words.join('、')],
    [words.synonyms, clause.synonyms.map(({ word, stands_for_it: other }) => `${word} → ${other}`).join('、')],
    [words.missing, clause.missing.join('、')],
    [`${words.ahead}${against && `（${against}）`}`, reasons(clause.ahead)],
    [words.behind, reasons(clause.behind)],
  ];
  return all.filter(([, value]) => value);
}
