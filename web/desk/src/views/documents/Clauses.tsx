import { Checkbox, Pagination } from 'antd';
import { useState } from 'react';

import type { DocumentView } from '../../api/documents';
import { texts } from '../../texts';

const words = texts.documents;
const SHOWN = 30;

/** The clauses as they would be cited, a page at a time. */
export function Clauses({ clauses }: { clauses: DocumentView['clauses'] }) {
  const [page, setPage] = useState(1);
  const [onlyDamaged, setOnlyDamaged] = useState(false);
  const damaged = clauses.filter((clause) => clause.damage.length > 0);
  const wanted = onlyDamaged ? damaged : clauses;
  return (
    <>
      {damaged.length > 0 && (
        <Checkbox
          checked={onlyDamaged}
          onChange={(event) => {
            setOnlyDamaged(event.target.checked);
            setPage(1);
          }}
        >
          {words.onlyDamaged}
        </Checkbox>
      )}
      <ol className="clauses">
        {wanted.slice((page - 1) * SHOWN, page * SHOWN).map((clause, index) => (
          <li key={`${page}-${index}`} className="clause">
            <p className="clause-path">
              {[...clause.headings, clause.path].filter((name, place, all) => all.indexOf(name) === place).join(' › ')}
              {clause.damage.map((kind) => (
                <span key={kind} className="mark mark-soon">
                  {kind}
                </span>
              ))}
            </p>
            <p className="printed">{clause.text}</p>
          </li>
        ))}
      </ol>
      <Pagination hideOnSinglePage current={page} pageSize={SHOWN} total={wanted.length} showSizeChanger={false} onChange={setPage} />
    </>
  );
}
