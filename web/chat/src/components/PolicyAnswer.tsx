import { Card } from '@chatui/core/es/components/Card';
import { useId, useState } from 'preact/hooks';
import type { Citation, PolicyAnswerPayload } from '../api/types';
import { longDate } from '../text/format';
import { isSourceAlone, splitSource } from '../text/source';
import { nameOf, noticeTone, withoutLines } from '../text/standing';
import { refusalText, statusText, texts, warningText } from '../texts';
import { Badges, ComparedTexts, Notices } from './Standing';
import { TextBubble } from './TextBubble';

interface Props {
  text: string;
  payload: Partial<PolicyAnswerPayload>;
  onAsk: (text: string) => void;
}

/** An answer from the documents: what it says, what to beware of, and the clauses it rests on. */
export function PolicyAnswer({ text, payload, onAsk }: Props) {
  const citations = payload.citations ?? [];
  const outcome = payload.outcome ?? 'answered';
  const notices = payload.notices ?? [];
  const compared = payload.compared && citations.length > 1 ? payload.compared : null;
  const quoteAlone = citations.length > 0 && isSourceAlone(text);
  const whole = quoteAlone ? '' : citations.length > 0 ? splitSource(text).answer : text;
  const answer = withoutLines(whole, notices, compared?.said ?? []);
  const warned = unsaid(payload.warnings ?? [], notices, answer);
  const region = citations.find((citation) => citation.region)?.region ?? null;
  return (
    <div class="stack" data-outcome={outcome}>
      <Notices lines={notices} tone={noticeTone(citations[0])} />
      {compared !== null && <ComparedTexts compared={compared} citations={citations} />}
      {(answer !== '' || (compared === null && !quoteAlone)) && (
        <TextBubble
          text={answer}
          tone={outcome === 'answered' ? 'plain' : outcome}
          label={outcome === 'refused' ? refusalText(payload.reason ?? null) : outcome === 'clarify' ? texts.policy.clarify : null}
        >
          <Warnings codes={warned} region={region} />
        </TextBubble>
      )}
      {quoteAlone && <Warnings codes={warned} region={region} />}
      {citations.length > 0 && <Citations citations={citations} open={quoteAlone} />}
      <Suggestions items={suggestionsOf(payload, outcome)} onAsk={onAsk} />
    </div>
  );
}

const SAID_IN_NOTICES = new Set(['expired', 'superseded', 'conflict']);

/** The warnings that neither a notice above the answer nor the answer itself has already given. */
function unsaid(codes: readonly string[], notices: readonly string[], answer: string): string[] {
  return codes.filter((code) => !(notices.length > 0 && SAID_IN_NOTICES.has(code)) && !(code === 'region_only' && answer.includes('只适用于')));
}

function suggestionsOf(payload: Partial<PolicyAnswerPayload>, outcome: string): string[] {
  const items = [...new Set(payload.suggestions ?? [])];
  if (outcome === 'refused' && !items.some((item) => item.includes('人工') || item.includes('老师'))) {
    items.push(texts.teacherMessage);
  }
  return items;
}

function Warnings({ codes, region }: { codes: readonly string[]; region: string | null }) {
  const lines = [...new Set(codes.map((code) => warningText(code, region)))];
  if (lines.length === 0) return null;
  return (
    <ul class="warnings">
      {lines.map((line) => (
        <li key={line}>
          <span aria-hidden="true">⚠</span> {line}
        </li>
      ))}
    </ul>
  );
}

function Citations({ citations, open }: { citations: readonly Citation[]; open: boolean }) {
  return (
    <Card className="citations">
      <p class="citations-head">{texts.policy.citations(citations.length)}</p>
      {citations.map((citation, index) => (
        <CitationItem key={`${citation.document_id}-${citation.clause}-${index}`} citation={citation} number={index + 1} begun={open} />
      ))}
    </Card>
  );
}

/** One clause, closed at first unless it is all that is said; the quote is shown as printed, line breaks included. */
export function CitationItem({ citation, number, begun = false }: { citation: Citation; number: number; begun?: boolean }) {
  const [open, setOpen] = useState(begun);
  const id = useId();
  return (
    <div class="citation">
      <button type="button" class="citation-toggle" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span class="citation-number">{texts.policy.citation(number)}</span>
        <span class="citation-title">
          {citation.title || texts.policy.untitled}
          <span class="citation-sub">{[citation.doc_no, citation.clause].filter(Boolean).join(' · ')}</span>
          <Badges citation={citation} />
        </span>
        <span class="chevron" aria-hidden="true" />
      </button>
      <div id={id} class="citation-body" hidden={!open}>
        <blockquote>{citation.quote}</blockquote>
        <CitationFacts citation={citation} />
      </div>
    </div>
  );
}

function CitationFacts({ citation }: { citation: Citation }) {
  const labels = texts.policy;
  const facts: [string, string | null][] = [
    [labels.docNo, citation.doc_no],
    [labels.issuer, citation.issuer],
    [labels.issuedOn, citation.issued_on ? longDate(citation.issued_on) : null],
    [labels.region, citation.region],
    [labels.status, statusText(citation.status)],
    [labels.until, citation.in_force_until ? longDate(citation.in_force_until) : null],
    [labels.replacedBy, citation.replaced_by ? nameOf(citation.replaced_by) : null],
    [labels.copyOf, citation.copy_of ? nameOf(citation.copy_of) : null],
    [labels.clause, citation.clause],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => value && <Fact key={name} name={name} value={value} />)}
      {citation.source && <Fact name={labels.source} value={<Source address={citation.source} />} />}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: preact.ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Only web addresses become links: a document may carry anything. */
function Source({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <>{address}</>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {address}
    </a>
  );
}

export function Suggestions({ items, onAsk }: { items: readonly string[]; onAsk: (text: string) => void }) {
  if (items.length === 0) return null;
  return (
    <ul class="chips" aria-label={texts.policy.suggestions}>
      {items.map((item) => (
        <li key={item}>
          <button type="button" class="chip" onClick={() => onAsk(item)}>
            {item}
          </button>
        </li>
      ))}
    </ul>
  );
}
