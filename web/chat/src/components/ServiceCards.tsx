import { Card } from '@chatui/core/es/components/Card';
import type { ComponentChildren } from 'preact';
import type {
  CareerEvent,
  EligibilityPayload,
  EventsPayload,
  Posting,
  PostingsPayload,
  RiskCheckPayload,
} from '../api/types';
import { withoutRepeats } from '../text/repeats';
import { longDate, moment } from '../text/format';
import { conditionResults, riskLevels, texts, verdicts } from '../texts';
import { CitationItem } from './PolicyAnswer';
import { TextBubble } from './TextBubble';

interface Props<Payload> {
  text: string;
  payload: Partial<Payload>;
}

/** The text's lines that the card does not say again, and the card. */
function WithCard({ text, shown, children }: { text: string; shown: readonly (string | null)[]; children: ComponentChildren }) {
  return (
    <div class="stack">
      <TextBubble text={withoutRepeats(text, shown)} />
      {children}
    </div>
  );
}

/** A programme's conditions one by one, each with what it rests on. */
export function Eligibility({ text, payload }: Props<EligibilityPayload>) {
  return (
    <WithCard text={text} shown={(payload.reasons ?? []).map((reason) => reason.condition)}>
      <EligibilityCard payload={payload} />
    </WithCard>
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

export function Postings({ text, payload }: Props<PostingsPayload>) {
  const items = payload.items ?? [];
  const total = payload.total ?? items.length;
  const labels = texts.postings;
  if (items.length === 0) return <TextBubble text={text} />;
  return (
    <WithCard text={text} shown={items.flatMap((item) => [item.title, item.employer, item.salary_text, item.url])}>
      <Card className="card">
        <ul class="rows" aria-label={labels.title(total)}>
          {items.map((posting) => (
            <PostingRow key={posting.id} posting={posting} />
          ))}
        </ul>
        {total > items.length && <p class="row-sub">{labels.more(items.length, total)}</p>}
      </Card>
    </WithCard>
  );
}

function PostingRow({ posting }: { posting: Posting }) {
  const labels = texts.postings;
  const facts = [posting.city, posting.education, posting.cohort].filter(Boolean).join(' · ');
  return (
    <li class="row">
      <p class="row-line">
        <strong>{posting.title}</strong>
        <span class="salary">{salaryOf(posting)}</span>
      </p>
      <p class="row-sub">{posting.employer}</p>
      {facts && <p class="row-sub">{facts}</p>}
      <p class="row-sub">
        {posting.deadline && `${labels.deadline} ${longDate(posting.deadline)} `}
        {posting.url && /^https?:\/\//i.test(posting.url) && (
          <a href={posting.url} target="_blank" rel="noopener noreferrer nofollow">
            {labels.link}
          </a>
        )}
      </p>
    </li>
  );
}

function salaryOf(posting: Posting): string {
  const { salary_text: text, salary_min: low, salary_max: high } = posting;
  if (text) return text;
  if (low !== null && high !== null && low !== high) return texts.postings.monthly(String(low), String(high));
  const sum = low ?? high;
  return sum === null || sum === undefined ? texts.postings.salaryUnknown : texts.postings.monthlyOne(String(sum));
}

export function Events({ text, payload }: Props<EventsPayload>) {
  const items = payload.items ?? [];
  if (items.length === 0) return <TextBubble text={text} />;
  return (
    <WithCard text={text} shown={items.flatMap((item) => [item.title, item.place])}>
      <Card className="card">
        <ul class="rows" aria-label={texts.events.title(payload.total ?? items.length)}>
          {items.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      </Card>
    </WithCard>
  );
}

function EventRow({ event }: { event: CareerEvent }) {
  const labels = texts.events;
  const place = [event.city, event.place].filter(Boolean).join(' · ');
  return (
    <li class="row" data-past={event.past}>
      <p class="row-line">
        <strong>{event.title}</strong>
        <span class="badge">{event.past ? labels.past : labels.coming}</span>
      </p>
      <p class="row-sub">
        {labels.time} {moment(event.starts_at, new Date())}
      </p>
      {place && (
        <p class="row-sub">
          {labels.place} {place}
        </p>
      )}
      {event.audience && (
        <p class="row-sub">
          {labels.audience} {event.audience}
        </p>
      )}
    </li>
  );
}

export function RiskCheck({ text, payload }: Props<RiskCheckPayload>) {
  const level = payload.level ?? 'unknown';
  const signals = payload.signals ?? [];
  return (
    <WithCard text={text} shown={signals.map((signal) => signal.advice)}>
      <Card className="card" data-risk={level}>
        <h2 class="card-title">{texts.risk.title}</h2>
        <p class="verdict">{riskLevels[level] ?? level}</p>
        <ul class="rows">
          {signals.map((signal, index) => (
            <li key={index} class="row">
              <p>
                {texts.risk.signal}“{signal.phrase}”
              </p>
              <p class="row-sub">{signal.advice}</p>
            </li>
          ))}
        </ul>
      </Card>
    </WithCard>
  );
}
