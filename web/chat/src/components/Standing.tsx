import type { Citation, Compared } from '../api/types';
import { longDate } from '../text/format';
import { type Tone, badgesOf } from '../text/standing';
import { texts } from '../texts';

/** What must be known before the answer is read: that its source is replaced, expired, of a past year, in dispute. */
export function Notices({ lines, tone }: { lines: readonly string[]; tone: Tone }) {
  if (lines.length === 0) return null;
  return (
    <div class="standing-notice" data-tone={tone} role="note" aria-label={texts.policy.notice}>
      {lines.map((line) => (
        <p key={line}>
          <span aria-hidden="true">⚠ </span>
          {line.replace(/^注意[：:]/, '')}
        </p>
      ))}
    </div>
  );
}

/** A cited document's standing in words, coloured. */
export function Badges({ citation }: { citation: Citation }) {
  const badges = badgesOf(citation);
  if (badges.length === 0) return null;
  return (
    <span class="standing-badges">
      {badges.map((badge) => (
        <span key={badge.label} class="standing-badge" data-tone={badge.tone}>
          {badge.label}
        </span>
      ))}
    </span>
  );
}

/** Two clauses together: next to each other where there is room, one below the other on a phone. */
export function ComparedTexts({ compared, citations }: { compared: Compared; citations: readonly Citation[] }) {
  const label = texts.policy.compared[compared.kind] ?? compared.lead;
  return (
    <section class="compared" data-compared={compared.kind} aria-label={label}>
      {compared.kind !== 'conflict' && <p class="compared-head">{label}</p>}
      <div class="compared-texts">
        {compared.said.slice(0, 2).map((said, index) => {
          const citation = citations[index];
          return citation && <ComparedText key={index} said={said} citation={citation} />;
        })}
      </div>
    </section>
  );
}

function ComparedText({ said, citation }: { said: string; citation: Citation }) {
  const old = citation.status === 'superseded' || citation.status === 'repealed';
  return (
    <article class="compared-text" data-old={old}>
      <p class="compared-facts">
        <span class="region-chip">{citation.region ?? texts.policy.nation}</span>
        <Badges citation={citation} />
      </p>
      <p class="compared-said">{said}</p>
      <p class="compared-paper">
        {citation.title || texts.policy.untitled}
        <span class="compared-date">{citation.issued_on ? longDate(citation.issued_on) : texts.policy.undated}</span>
      </p>
    </article>
  );
}
