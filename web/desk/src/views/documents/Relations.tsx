import { Button } from 'antd';
import { Link } from 'react-router';

import { DOCUMENTS, judgeRelation, type RelationRow } from '../../api/documents';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.documents;

/** What a document has to do with others; what is only suspected can be confirmed or denied. */
export function Relations({ id, relations }: { id: number; relations: readonly RelationRow[] }) {
  return (
    <ul className="relations">
      {relations.map((relation) => (
        <Relation key={relation.id} id={id} relation={relation} />
      ))}
    </ul>
  );
}

function Relation({ id, relation }: { id: number; relation: RelationRow }) {
  const { may } = useSession();
  const judging = useSaying({
    mutationFn: (state: 'confirmed' | 'rejected') => judgeRelation(id, relation.id, state),
    outdates: [DOCUMENTS],
    done: (_, state) => (state === 'confirmed' ? words.confirmed : words.denied),
  });
  const said = words.relationOf(relation.kind, relation.newer, relation.other_title);
  const state = relation.state === 'proposed' && relation.rule === 'stated' ? words.stated : words.relationStates[relation.state];
  return (
    <li>
      <p>
        {relation.other_id ? <Link to={`/documents/${relation.other_id}`}>{said}</Link> : said} <span className="mark">{state}</span>
      </p>
      {(relation.quote || relation.decided_by) && <p className="soft">{[relation.quote, relation.decided_by && words.decidedBy(relation.decided_by)].filter(Boolean).join(' · ')}</p>}
      {may('documents_manage') && (
        <div className="page-actions">
          {relation.state !== 'confirmed' && (
            <Button size="small" loading={judging.isPending} onClick={() => judging.mutate('confirmed')}>
              {words.confirm}
            </Button>
          )}
          {relation.state !== 'rejected' && (
            <Button size="small" loading={judging.isPending} onClick={() => judging.mutate('rejected')}>
              {words.deny}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
