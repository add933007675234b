import { Spin } from 'antd';

import { useGaps, useOverdue } from '../../api/care';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Sheet } from '../../parts/Page';
import { texts } from '../../texts';
import { GraduateTable } from './GraduateList';

const words = texts.graduates.due;
const ORDER = ['contacts', 'upcoming', 'unplanned', 'untouched'] as const;

/** What has to be looked after, the most pressing first. */
export function Overdue() {
  const { may } = useSession();
  const overdue = useOverdue();
  const gaps = useGaps(may('care_key_group'));
  if (overdue.isLoadingError) return <LoadFailure error={overdue.error} again={() => void overdue.refetch()} />;
  if (overdue.isPending) return <Spin />;
  const lists = [...ORDER.map((name) => ({ name, rows: overdue.data[name] })), { name: 'gaps' as const, rows: gaps.data?.items ?? [] }];
  const full = lists.filter(({ rows }) => rows.length > 0);
  if (full.length === 0) return <p className="soft">{words.none}</p>;
  return full.map(({ name, rows }) => (
    <Sheet key={name} title={`${words[name]}（${rows.length}）`}>
      <GraduateTable rows={rows} />
    </Sheet>
  ));
}
