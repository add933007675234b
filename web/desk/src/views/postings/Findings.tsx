import { texts } from '../../texts';
import { type Finding, FindingMark } from './marks';

const words = texts.postings;

/** What the screening found, with phrase, kind and basis, and what is odd. */
export function Findings({ findings, issues }: { findings: readonly Finding[]; issues: readonly string[] }) {
  return (
    <>
      <h3>{words.findings}</h3>
      {findings.length === 0 && <p className="soft">{words.noFindings}</p>}
      <ul className="review-findings">
        {findings.map((finding, index) => (
          <li key={index}>
            <FindingMark finding={{ ...finding }} /> <mark>{finding.phrase}</mark> <span className="soft">{`${finding.label} · ${finding.certain ? words.certain : words.doubtful}`}</span>
            <p>{[finding.reason, finding.laws.length > 0 && words.basis(finding.laws.join('、'))].filter(Boolean).join(' ')}</p>
          </li>
        ))}
      </ul>
      {issues.length > 0 && (
        <>
          <h3>{words.issues}</h3>
          <ul>
            {issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
