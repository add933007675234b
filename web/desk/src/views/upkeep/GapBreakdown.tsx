import { Link } from 'react-router';

import { useHours } from '../../api/hours';
import { useReport } from '../../api/reports';
import { Sheet } from '../../parts/Page';
import { inChina } from '../../text/time';
import { texts } from '../../texts';

const words = texts.upkeep;
const PARTS = [
  ['gaps_by_college', words.byCollege],
  ['gaps_by_week', words.byWeek],
] as const;

/** This month's refusals by college and by week, as the reports count them. */
export function GapBreakdown() {
  const hours = useHours();
  return hours ? <Counts today={inChina(Date.now() + hours.ahead).format('YYYY-MM-DD')} /> : null;
}

function Counts({ today }: { today: string }) {
  const report = useReport('month', today);
  if (!report.data) return null;
  const { breakdowns, note } = report.data;
  return (
    <Sheet title={words.counts}>
      <div className="gap-counts">
        {PARTS.map(([name, title]) => (
          <Cells key={name} title={title} cells={breakdowns.find((one) => one.name === name)?.cells ?? []} />
        ))}
      </div>
      <p className="soft">
        {note} <Link to="/reports">{words.toReports}</Link>
      </p>
    </Sheet>
  );
}

function Cells({ title, cells }: { title: string; cells: readonly { name: string; value: number | null }[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {cells.length === 0 && <p className="soft">{words.noCounts}</p>}
      <ul className="gap-cells">
        {cells.map(({ name, value }) => (
          <li key={name}>
            <span>{name}</span>
            <span>{value ?? words.hidden}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
