import { Fragment } from 'preact';
import type { Message, Posting } from '../api/types';
import { type ChatState, timeline, type TimelineEntry } from '../state/store';
import { stamp } from '../text/format';
import { lastOf } from '../text/list';
import { texts } from '../texts';
import { type MessageActions, MessageRow, optionsOf, Row } from './MessageRow';
import { OutgoingRow } from './OutgoingRow';
import { Suggestions } from './PolicyAnswer';
import { TextBubble } from './TextBubble';

const GAP_MS = 5 * 60_000;

interface Props {
  state: ChatState;
  actions: MessageActions;
  onRetry: (clientId: string) => void;
}

/** Earlier sessions of this page, a line where a new one began, and the conversation itself. */
export function Timeline({ state, actions, onRetry }: Props) {
  const past = state.past.map((message): TimelineEntry => ({ type: 'message', key: `p-${message.id}`, message }));
  return (
    <>
      {past.length > 0 && <Entries entries={past} previews={state.previews} actions={actions} onRetry={onRetry} ended />}
      {state.renewed && (
        <div class="notice" data-code="renewed">
          <span class="notice-text">{texts.renewed}</span>
        </div>
      )}
      {state.missed !== null && (
        <div class="notice" data-code="link">
          <span class="notice-text">{state.missed}</span>
        </div>
      )}
      <Entries entries={timeline(state)} previews={state.previews} actions={actions} onRetry={onRetry} ended={false} />
    </>
  );
}

interface EntriesProps {
  entries: readonly TimelineEntry[];
  previews: Readonly<Record<string, string>>;
  actions: MessageActions;
  onRetry: (clientId: string) => void;
  ended: boolean;
}

function Entries({ entries, previews, actions, onRetry, ended }: EntriesProps) {
  const messages = entries.flatMap((entry) => (entry.type === 'message' ? [entry.message] : []));
  const titles = choiceTitles(messages);
  const latest = ended ? [] : latestOf(messages);
  const now = new Date();
  return (
    <>
      {entries.map((entry, index) => (
        <Fragment key={entry.key}>
          {startsLater(entries, index) && <time class="time">{stamp(timeOf(entry), now)}</time>}
          {entry.type === 'outgoing' ? (
            <OutgoingRow outgoing={entry.outgoing} onRetry={onRetry} />
          ) : (
            <MessageRow
              message={entry.message}
              shown={titles.get(entry.message.text) ?? entry.message.text}
              preview={previews[entry.message.id] ?? null}
              latest={latest.includes(entry.message.id)}
              over={ended}
              actions={actions}
            />
          )}
        </Fragment>
      ))}
    </>
  );
}

/** The newest ticket and the newest list of postings; a posting looked at closely leaves its list what it is. */
function latestOf(messages: readonly Message[]): (string | undefined)[] {
  const handoffs = messages.filter((message) => message.kind === 'handoff');
  const lists = messages.filter((message) => message.kind === 'postings' && !isDetail(message));
  return [lastOf(handoffs)?.id, lastOf(lists)?.id];
}

function isDetail(message: Message): boolean {
  const items = message.payload?.['items'];
  return Array.isArray(items) && items.length === 1 && Boolean((items[0] as Posting).detail);
}

/** A choice travels as its value; who chose it reads its title. */
function choiceTitles(messages: readonly Message[]): Map<string, string> {
  return new Map(messages.flatMap(optionsOf).map((option) => [option.value, option.title]));
}

function timeOf(entry: TimelineEntry): string {
  return entry.type === 'message' ? entry.message.created_at : entry.outgoing.createdAt;
}

function startsLater(entries: readonly TimelineEntry[], index: number): boolean {
  const entry = entries[index];
  const before = entries[index - 1];
  if (entry === undefined) return false;
  if (before === undefined) return true;
  return Date.parse(timeOf(entry)) - Date.parse(timeOf(before)) > GAP_MS;
}

/** What a new visitor reads first; the page's own words, not a message of the conversation. */
export function Welcome({ onAsk, suggestions }: { onAsk: (text: string) => void; suggestions: boolean }) {
  return (
    <Row side="left" speaker={texts.speakerBot} id="welcome" kind="welcome">
      <div class="stack">
        <TextBubble text={texts.welcome.text}>
          <p class="bubble-note">{texts.welcome.privacy}</p>
        </TextBubble>
        {suggestions && <Suggestions items={texts.welcome.suggestions} onAsk={onAsk} />}
      </div>
    </Row>
  );
}
