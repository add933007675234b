import { LeftOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';

import { decideFair, FAIRS, useFair } from '../../api/fairs';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { Decide } from '../postings/Decide';
import { Decisions } from '../postings/Decisions';
import { Findings, Highlighted } from '../postings/Posting';
import { findingsOf, StatusMark } from '../postings/marks';

const words = texts.fairs;

/** One fair with all that a reviewer needs, and what can be decided. */
export function Fair({ id, decided, back }: { id: number; decided: () => void; back: (() => void) | null }) {
  const { may } = useSession();
  const fair = useFair(id);
  if (fair.isPending) return <Spin className="page-wait" />;
  if (fair.isError) return <LoadFailure error={fair.error} again={() => void fair.refetch()} />;
  const shown = fair.data;
  const findings = findingsOf(shown.findings);
  const warnings = [...findings.map((finding) => finding.phrase), ...shown.issues];
  const phrases = (label: string) => [...findings.filter((one) => one.label === label).map((one) => one.phrase), ...shown.issues.flatMap(quoted)];
  return (
    <article className="review-one" aria-label={shown.title}>
      {back && (
        <Button type="text" icon={<LeftOutlined />} onClick={back}>
          {words.back}
        </Button>
      )}
      <header>
        <h2>{shown.title}</h2>
        <StatusMark words={words} status={shown.standing} />
        <p className="soft">{`${words.source}：${shown.source}`}</p>
      </header>
      <Findings findings={findings} issues={shown.issues} />
      <h3>{words.fields}</h3>
      <dl className="review-fields">
        {shown.fields.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              <Highlighted text={field.value} phrases={phrases(field.label)} />
            </dd>
          </div>
        ))}
      </dl>
      <Decisions words={words} decisions={shown.decisions.map((decision) => ({ ...decision, status: decision.standing }))} />
      {may('fairs_decide') && (
        <Decide
          words={words}
          status={shown.standing}
          warned={warnings.length > 0 ? warnings.join('；') : null}
          decide={(standing, reason) => decideFair(shown, standing, reason)}
          outdates={FAIRS}
          decided={decided}
        />
      )}
    </article>
  );
}

/** The words that an issue quotes, to be marked where they stand. */
function quoted(issue: string): string[] {
  return [...issue.matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? '');
}
