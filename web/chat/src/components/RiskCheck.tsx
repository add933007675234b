import { Card } from '@chatui/core/es/components/Card';
import type { RiskCheckPayload, RiskSignal } from '../api/types';
import { withoutRepeats } from '../text/repeats';
import { riskLevels, riskTexts } from '../texts/risk';
import { Phones } from './Phones';
import { TextBubble } from './TextBubble';

/** Whether something is a trap: how bad in a word, the phrases that gave it away, what to do now, whom to call. */
export function RiskCheck({ text, payload }: { text: string; payload: Partial<RiskCheckPayload> }) {
  const signals = payload.signals ?? [];
  const steps = payload.steps ?? [];
  const phones = payload.phones ?? [];
  const shown = [...signals.flatMap(({ phrase, advice }) => [phrase, advice]), ...steps, ...phones.map(({ number }) => number)];
  return (
    <div class="stack">
      <TextBubble text={withoutRepeats(text, shown)} />
      <Card className="card risk" data-risk={payload.level ?? 'unknown'}>
        <Level level={payload.level ?? 'unknown'} />
        {signals.length > 0 && <Signals signals={signals} />}
        {steps.length > 0 && (
          <>
            <h3 class="risk-head">{riskTexts.steps}</h3>
            <ol class="risk-steps">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </>
        )}
        {phones.length > 0 && (
          <>
            <h3 class="risk-head">{riskTexts.phones}</h3>
            <Phones items={phones} />
          </>
        )}
      </Card>
    </div>
  );
}

/** In a word, never by colour alone. */
function Level({ level }: { level: string }) {
  return (
    <h2 class="risk-level">
      <span class="sr-only">{riskTexts.title}：</span>
      {riskLevels[level] ?? level}
    </h2>
  );
}

function Signals({ signals }: { signals: readonly RiskSignal[] }) {
  return (
    <>
      <h3 class="risk-head">{riskTexts.signals}</h3>
      <ul class="rows">
        {signals.map(({ label, phrase, advice }, index) => (
          <li key={index} class="row">
            {phrase !== '' && (
              <p class="risk-phrase">
                <span class="sr-only">{riskTexts.said}：</span>“{phrase}”
              </p>
            )}
            <p>
              {label && <strong class="risk-kind">{label}</strong>}
              {advice}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
