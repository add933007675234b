import { Typing } from '@chatui/core/es/components/Typing';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Choice } from '../api/types';
import type { PageClock } from '../state/clock';
import type { Conversation } from '../state/conversation';
import type { SavedPostings } from '../state/saved';
import { type ChatState, isWaiting } from '../state/store';
import { dayIn } from '../text/format';
import { failureText, texts } from '../texts';
import { Composer } from './Composer';
import { CalendarPanel } from './events/CalendarPanel';
import { Header } from './Header';
import { InvitedPanel } from './invited/InvitedPanel';
import { InvitedStrip } from './invited/InvitedStrip';
import { useInvited } from './invited/useInvited';
import type { MessageActions } from './MessageRow';
import { Row } from './MessageRow';
import { LeavePanel } from './leave/LeavePanel';
import { LeaveStrip } from './leave/LeaveStrip';
import { type Frame, type Page, PageContext, useNow } from './page';
import { SavedPanel } from './postings/SavedPanel';
import { Timeline, Welcome } from './Timeline';
import { useStickyScroll } from './useStickyScroll';

interface Props {
  conversation: Conversation;
  saved: SavedPostings;
  clock: PageClock;
  /** What is around the conversation where it is not a page of its own. */
  frame?: Frame | null;
}

export function App({ conversation, saved, clock, frame = null }: Props) {
  const state = useConversation(conversation);
  const ask = useCallback((text: string) => conversation.send(text), [conversation]);
  const retry = useCallback((clientId: string) => conversation.retry(clientId), [conversation]);
  const actions = useMemo<MessageActions>(
    () => ({
      ask,
      choose: (choice: Choice) => conversation.send(choice.value, choice.title),
      rate: (id, helpful, comment) => conversation.rate(id, helpful, comment),
    }),
    [conversation, ask],
  );
  const [panel, setPanel] = useState<'saved' | 'calendar' | 'invited' | 'leave' | null>(null);
  const close = useCallback(() => setPanel(null), []);
  const day = dayIn(useNow(clock));
  const page = useMemo<Page>(
    () => ({
      now: clock.now(),
      saved,
      openCalendar: () => setPanel('calendar'),
      fetchPostings: (ids) => conversation.fetchPostings(ids),
      fetchMyData: () => conversation.fetchMyData(),
    }),
    [conversation, saved, clock, day],
  );
  const invited = useInvited(conversation.call, state.boot === 'ready');
  const waiting = isWaiting(state);
  const { scroller, behind, toEnd } = useStickyScroll(state);
  // A page has one main part, and that is not ours where we are a widget on it.
  const Scroller = (frame === null ? 'main' : 'div') as 'div';
  const empty = state.messages.length + state.past.length + state.outgoing.length === 0;

  return (
    <PageContext.Provider value={page}>
      <div class="ChatApp" inert={panel !== null}>
        <Header onTeacher={() => ask(texts.teacherMessage)} onSaved={() => setPanel('saved')} onCalendar={page.openCalendar} frame={frame} />
        <InvitedStrip invited={invited.invited} onOpen={() => setPanel('invited')} />
        <ConnectionLine state={state} onRetry={() => void conversation.start()} />
        {frame !== null && <LeaveStrip left={frame.left} away={isAway(state)} onOpen={() => setPanel('leave')} />}
        <Scroller class="scroller" ref={scroller as RefObject<HTMLDivElement>} tabIndex={0} {...(frame === null ? {} : { role: 'group', 'aria-label': texts.log })}>
          <div class="MessageList" role="log" aria-live="polite" aria-label={texts.log} aria-busy={state.boot === 'loading'}>
            {state.boot === 'loading' && empty && <p class="loading">{texts.loading}</p>}
            {state.boot !== 'loading' && state.past.length === 0 && <Welcome onAsk={ask} suggestions={empty} />}
            <Timeline state={state} actions={actions} onRetry={retry} />
          </div>
          {waiting && (
            <div class="typing" aria-hidden="true">
              <Row side="left" speaker={texts.speakerBot} id="typing">
                <Typing text="" />
              </Row>
            </div>
          )}
        </Scroller>
        <p class="sr-only" role="status">
          {waiting ? texts.typing : ''}
        </p>
        <footer class="page-footer">
          {behind && (
            <button type="button" class="to-end" onClick={toEnd}>
              {texts.newMessages} <span aria-hidden="true">↓</span>
            </button>
          )}
          <Composer onSend={ask} onPicture={(picture) => conversation.sendPicture(picture)} />
        </footer>
      </div>
      {panel === 'saved' && <SavedPanel onClose={close} onAsk={ask} />}
      {panel === 'invited' && <InvitedPanel {...invited} call={conversation.call} onClose={close} />}
      {panel === 'leave' && frame !== null && <LeavePanel left={frame.left} onClose={close} />}
      {panel === 'calendar' && <CalendarPanel onClose={close} />}
    </PageContext.Provider>
  );
}

function useConversation(conversation: Conversation): ChatState {
  const [state, setState] = useState(conversation.getState);
  useEffect(() => {
    const read = (): void => setState(conversation.getState());
    read();
    return conversation.subscribe(read);
  }, [conversation]);
  return state;
}

/** Nobody can be reached now: what is written waits. */
function isAway(state: ChatState): boolean {
  return !state.online || state.disconnected || (state.boot !== 'loading' && state.boot !== 'ready');
}

/** Tells of trouble with the connection, and is silent without any. */
function ConnectionLine({ state, onRetry }: { state: ChatState; onRetry: () => void }) {
  const failed = state.boot !== 'loading' && state.boot !== 'ready' ? state.boot : null;
  const line = !state.online ? texts.offline : failed !== null ? failureText(failed, null) : state.disconnected ? texts.connecting : '';
  return (
    <div role="status" class="connection" data-visible={line !== ''}>
      {line !== '' && <span>{line}</span>}
      {line !== '' && <span>{texts.emergencyWithout}</span>}
      {failed !== null && (
        <button type="button" class="chip" onClick={onRetry}>
          {texts.bootRetry}
        </button>
      )}
    </div>
  );
}
