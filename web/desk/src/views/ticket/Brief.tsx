import type { BriefShown } from '../../api/tickets';
import { texts } from '../../texts';
import { Citations, citationsOf } from './Citations';

/** What whoever takes over must know before the first word. */
export function Brief({ brief }: { brief: BriefShown }) {
  const words = texts.ticket.brief;
  return (
    <details className="brief" open>
      <summary>{words.title}</summary>
      <dl>
        <dt>{words.question}</dt>
        <dd className="brief-question">{brief.question}</dd>
        <dt>{words.tried}</dt>
        <dd>
          {brief.tried.length === 0 && words.nothingTried}
          <ol>
            {brief.tried.map((attempt) => (
              <li key={attempt.seq}>
                {attempt.outcome && <span className="mark">{texts.ticket.outcome[attempt.outcome] ?? attempt.outcome}</span>} {attempt.text}{' '}
                {attempt.confidence !== null && <span className="mark">{words.confidence(Math.round(attempt.confidence * 100))}</span>}
              </li>
            ))}
          </ol>
        </dd>
        {brief.clauses.length > 0 && (
          <>
            <dt>{words.clauses}</dt>
            <dd>
              <Citations citations={citationsOf(brief.clauses)} open />
            </dd>
          </>
        )}
        {brief.missing.length > 0 && (
          <>
            <dt>{words.missing}</dt>
            <dd>
              {brief.missing.map((fact) => (
                <span key={fact} className="mark mark-soon">
                  {fact}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}
