import { LeftOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { Link } from 'react-router';

import { decide, POSTINGS, type ReviewedPosting, usePosting } from '../../api/postings';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { piecesOf } from '../../text/highlight';
import { texts } from '../../texts';
import { Decide } from './Decide';
import { Decisions } from './Decisions';
import { type Finding, FindingMark, findingsOf, StatusMark } from './marks';

const words = texts.postings;

/** One posting with all that a reviewer needs, and what can be decided. */
export function Posting({ id, decided, back }: { id: number; decided: () => void; back: (() => void) | null }) {
  const { may } = useSession();
  const posting = usePosting(id);
  if (posting.isPending) return <Spin className="page-wait" />;
  if (posting.isError) return <LoadFailure error={posting.error} again={() => void posting.refetch()} />;
  const shown = posting.data;
  const findings = findingsOf(shown.findings);
  const phrases = findings.map((finding) => finding.phrase);
  return (
    <article className="review-one" aria-label={shown.title}>
      {back && (
        <Button type="text" icon={<LeftOutlined />} onClick={back}>
          {words.back}
        </Button>
      )}
      <header>
        <h2>{shown.title}</h2>
        <StatusMark words={words} status={shown.status} />
        <p className="soft">{[shown.employer, `${words.source}：${shown.sources.join('、') || texts.common.none}`].join(' · ')}</p>
      </header>
      <Findings findings={findings} issues={shown.issues} />
      <h3>{words.fields}</h3>
      <dl className="review-fields">
        {shown.fields.map((field, index) => (
          <div key={index}>
            <dt>{String(field['label'])}</dt>
            <dd>
              <Highlighted text={String(field['value'])} phrases={findings.filter((one) => one.label === field['label']).map((one) => one.phrase)} />
            </dd>
          </div>
        ))}
      </dl>
      <EmployerRecord posting={shown} />
      <Decisions words={words} decisions={shown.decisions} />
      {may('postings_decide') && (
        <Decide
          words={words}
          status={shown.status}
          warned={phrases.length > 0 ? phrases.join('、') : null}
          decide={(status, reason) => decide(id, status, reason)}
          outdates={POSTINGS}
          decided={decided}
        />
      )}
    </article>
  );
}

/** A text with the phrases in it marked. */
export function Highlighted({ text, phrases }: { text: string; phrases: readonly string[] }) {
  return piecesOf(text, phrases).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>));
}

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
