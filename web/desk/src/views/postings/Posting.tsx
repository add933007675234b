import { Spin } from 'antd';
import { Link } from 'react-router';

import { decide, POSTINGS, type ReviewedPosting, usePosting } from '../../api/postings';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { findingsOf } from './marks';
import { Reviewed } from './Reviewed';
import type { Read } from './ReviewPage';

const words = texts.postings;

/** One posting with all that a reviewer needs, and what can be decided. */
export function Posting({ id, decided, back }: Read) {
  const posting = usePosting(id);
  if (posting.isPending) return <Spin className="page-wait" />;
  if (posting.isError) return <LoadFailure error={posting.error} again={() => void posting.refetch()} />;
  const { title, status, employer, sources, fields, issues, decisions } = posting.data;
  const findings = findingsOf(posting.data.findings);
  const phrases = findings.map((finding) => finding.phrase);
  return (
    <Reviewed
      words={words}
      right="postings_decide"
      shown={{
        title,
        status,
        origin: [employer, `${words.source}：${sources.join('、') || texts.common.none}`].join(' · '),
        findings,
        issues,
        fields: fields.map(({ label, value }) => ({
          label: String(label),
          value: String(value),
          phrases: findings.filter((one) => one.label === label).map((one) => one.phrase),
        })),
        decisions,
      }}
      warned={phrases.length > 0 ? phrases.join('、') : null}
      decide={(to, reason) => decide(id, to, reason)}
      outdates={POSTINGS}
      decided={decided}
      back={back}
    >
      <EmployerRecord posting={posting.data} />
    </Reviewed>
  );
}

function EmployerRecord({ posting }: { posting: ReviewedPosting }) {
  return (
    <>
      <h3>{words.employerRecord}</h3>
      {posting.employer_id === null ? <p className="soft">{words.employerNone}</p> : <Link to={`/employers/${posting.employer_id}`}>{words.employerOpen}</Link>}
      <ul>
        {posting.checks.map((check, index) => (
          <li key={index}>
            {`${words.checks[check.what] ?? check.what}：${words.checkOutcomes[check.outcome] ?? check.outcome}${check.note ? `，${check.note}` : ''}`}
            <span className="soft">{`（${check.by ?? words.bySystem}）`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
