import { Card } from '@chatui/core/es/components/Card';
import type { HandoffPayload } from '../api/types';
import { moment } from '../text/format';
import { handoffPriority, handoffStatus, texts } from '../texts';
import { Phones } from './Phones';
import { TextBubble } from './TextBubble';

interface Props {
  text: string;
  payload: Partial<HandoffPayload>;
  /** The newest ticket message of the conversation: only there do the follow-up buttons make sense. */
  latest: boolean;
  onAsk: (text: string) => void;
}

/** A request for a person on record: its number, how far it is, and until when somebody answers. */
export function HandoffCard({ text, payload, latest, onAsk }: Props) {
  const labels = texts.handoff;
  const urgent = payload.priority === 'urgent';
  const facts: [string, string | null][] = [
    [labels.ticket, payload.ticket ?? null],
    [labels.status, payload.status ? (handoffStatus[payload.status] ?? payload.status) : null],
    [labels.priority, payload.priority && payload.priority !== 'normal' ? (handoffPriority[payload.priority] ?? payload.priority) : null],
    [labels.promise, payload.promise_due ? moment(payload.promise_due, new Date()) : null],
  ];
  return (
    <div class="stack" data-priority={payload.priority ?? 'normal'}>
      <TextBubble text={text} tone={urgent ? 'urgent' : 'plain'} />
      <Card className={urgent ? 'card handoff handoff-urgent' : 'card handoff'}>
        <h2 class="card-title">{urgent ? labels.urgentTitle : labels.title}</h2>
        {urgent && (
          <div class="handoff-phones">
            <p>{labels.phones}</p>
            <Phones />
          </div>
        )}
        <dl class="facts">
          {facts.map(
            ([name, value]) =>
              value && (
                <div class="fact" key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {latest && payload.status !== 'resolved' && (
          <div class="card-actions">
            <button type="button" class="chip" onClick={() => onAsk(labels.progressMessage)}>
              {labels.progress}
            </button>
            {!urgent && (
              <button type="button" class="chip" onClick={() => onAsk(labels.withdrawMessage)}>
                {labels.withdraw}
              </button>
            )}
          </div>
        )}
      </Card>
    </div>
  );
}
