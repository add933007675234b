import { fullMoment } from '../../text/time';

export interface DecisionsWords {
  decisions: string;
  noDecisions: string;
  byRules: string;
  statuses: Readonly<Record<string, string>>;
}

export interface Decision {
  at: string;
  by: string | null;
  status: string;
  reason: string;
}

/** What was decided so far, by whom and why. */
export function Decisions({ words, decisions }: { words: DecisionsWords; decisions: readonly Decision[] }) {
  return (
    <>
      <h3>{words.decisions}</h3>
      {decisions.length === 0 && <p className="soft">{words.noDecisions}</p>}
      <ol className="review-decisions">
        {decisions.map((decision, index) => (
          <li key={index}>
            <time dateTime={decision.at} className="soft">
              {fullMoment(decision.at)}
            </time>{' '}
            {`${decision.by ?? words.byRules}：${words.statuses[decision.status] ?? decision.status}${decision.reason ? `，${decision.reason}` : ''}`}
          </li>
        ))}
      </ol>
    </>
  );
}
