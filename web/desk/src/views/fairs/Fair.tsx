import { Spin } from 'antd';

import { decideFair, FAIRS, useFair } from '../../api/fairs';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { findingsOf } from '../postings/marks';
import { Reviewed } from '../postings/Reviewed';
import type { Read } from '../postings/ReviewPage';

const words = texts.fairs;

/** One fair with all that a reviewer needs, and what can be decided. */
export function Fair({ id, decided, back }: Read) {
  const fair = useFair(id);
  if (fair.isPending) return <Spin className="page-wait" />;
  if (fair.isError) return <LoadFailure error={fair.error} again={() => void fair.refetch()} />;
  const { title, standing, source, fields, issues, decisions } = fair.data;
  const findings = findingsOf(fair.data.findings);
  const warnings = [...findings.map((finding) => finding.phrase), ...issues];
  const phrases = (label: string) => [...findings.filter((one) => one.label === label).map((one) => one.phrase), ...issues.flatMap(quoted)];
  return (
    <Reviewed
      words={words}
      right="fairs_decide"
      shown={{
        title,
        status: standing,
        origin: `${words.source}：${source}`,
        findings,
        issues,
        fields: fields.map(({ label, value }) => ({ label, value, phrases: phrases(label) })),
        decisions: decisions.map((decision) => ({ ...decision, status: decision.standing })),
      }}
      warned={warnings.length > 0 ? warnings.join('；') : null}
      decide={(to, reason) => decideFair(fair.data, to, reason)}
      outdates={FAIRS}
      decided={decided}
      back={back}
    />
  );
}

/** The words that an issue quotes, to be marked where they stand. */
function quoted(issue: string): string[] {
  return [...issue.matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? '');
}
