import { Card } from '@chatui/core/es/components/Card';
import type { EligibilityPayload } from '../api/types';
import { withoutRepeats } from '../text/repeats';
import { conditionResults, texts, verdicts } from '../texts';
import { CitationItem } from './PolicyAnswer';
import { TextBubble } from './TextBubble';

interface Props {
  text: string;
  payload: Partial<EligibilityPayload>;
}

/** A programme's conditions one by one, each with what it rests on. */
export function Eligibility({ text, payload }: Props) {
  return (
    <div class="stack">
      <TextBubble text={withoutRepeats(text, (payload.reasons ?? []).map((reason) => reason.condition))} />
      <EligibilityCard payload={payload} />
    </div>
  );
}

function EligibilityCard({ payload }: { payload: Partial<EligibilityPayload> }) {
  const verdict = payload.verdict ?? 'unknown';
  const missing = payload.missing ?? [];
  return (
    <Card className="card" data-verdict={verdict}>
      <h2 class="card-title">{payload.programme || texts.eligibility.title}</h2>
      <p class="verdict">{verdicts[verdict] ?? verdict}</p>
      <ul class="rows">
        {(payload.reasons ?? []).map((reason, index) => (
          <li key={index} class="row">
            <p class="row-line">
              <span>{reason.condition}</span>
              <span class="badge" data-result={reason.result}>
                {conditionResults[reason.result] ?? reason.result}
              </span>
            </p>
            {typeof reason.citation === 'string' && reason.citation !== '' && (
              <p class="row-sub">
                {texts.eligibility.basis}
                {reason.citation}
              </p>
            )}
            {typeof reason.citation === 'object' && reason.citation !== null && (
              <CitationItem citation={reason.citation} number={index + 1} />
            )}
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <p class="row-sub">
          {texts.eligibility.missing}：{missing.join('、')}
        </p>
      )}
      <p class="row-sub">{texts.eligibility.authority}</p>
    </Card>
  );
}
