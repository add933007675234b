import { Progress, Table } from 'antd';

import { useVisitCounts } from '../../api/employers';
import { LoadFailure } from '../../parts/LoadFailure';
import { Sheet } from '../../parts/Page';
import { day } from '../../text/time';
import { texts } from '../../texts';

const words = texts.employers;

/** How far the targets of this school year are reached, who went where, and how it is counted. */
export function Goals() {
  const counts = useVisitCounts();
  if (counts.isError) return <LoadFailure error={counts.error} again={() => void counts.refetch()} />;
  if (!counts.data) return null;
  const { start, end, goals, people, employers, posts, definitions } = counts.data;
  const names = words.columns;
  return (
    <Sheet title={words.goals(day(start), day(end))}>
      <ul className="goals">
        {goals.map((goal) => (
          <li key={goal.name} title={goal.definition}>
            <strong>{goal.name}</strong>
            <span className="goal-count">{words.goal(plain(goal.reached), goal.target)}</span>
            <Progress percent={Math.min(100, Math.round((goal.reached / goal.target) * 100))} showInfo={false} aria-label={goal.name} status={goal.met ? 'success' : 'normal'} />
            <span className={goal.met ? 'mark mark-done' : 'soft'}>{goal.met ? words.met : words.short(plain(goal.target - goal.reached))}</span>
          </li>
        ))}
      </ul>
      <p className="soft">{words.totals(employers, counts.data.new, posts)}</p>
      {people.length > 0 && (
        <details>
          <summary>{words.people}</summary>
          <Table
            size="small"
            rowKey={(row) => `${row.visitor}/${row.level}/${row.college}`}
            dataSource={people}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            scroll={{ x: 480 }}
            columns={[
              { title: names.visitor, dataIndex: 'visitor' },
              { title: names.level, dataIndex: 'level', render: (level: string) => words.levels[level] ?? level },
              { title: names.college, dataIndex: 'college' },
              { title: names.employers, dataIndex: 'employers' },
              { title: names.fresh, dataIndex: 'new' },
              { title: names.posts, dataIndex: 'posts' },
            ]}
          />
        </details>
      )}
      <details>
        <summary>{words.definitions}</summary>
        <ul>
          {[...goals.map((goal) => `${goal.name}：${goal.definition}`), ...definitions].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </Sheet>
  );
}

/** A count as it is said: whole, or with one decimal. */
function plain(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}
