import { Typing } from '@chatui/core/es/components/Typing';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Choice } from '../api/types';
import type { Conversation } from '../state/conversation';
import { type ChatState, isWaiting } from '../state/store';
import { failureText, texts } from '../texts';
import { Composer } from './Composer';
import { Header } from './Header';
import type { MessageActions } from './MessageRow';
import { Row } from './MessageRow';
import { Timeline, Welcome } from './Timeline';
import { useStickyScroll } from './useStickyScroll';

export function App({ conversation }: { conversation: Conversation }) {
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
  const waiting = isWaiting(state);
  const { scroller, behind, toEnd } = useStickyScroll(state);
  const empty = state.messages.length + state.past.length + state.outgoing.length === 0;

  return (
    <div class="ChatApp">
      <Header onTeacher={() => ask(texts.teacherMessage)} />
      <ConnectionLine state={state} onRetry={() => void conversation.start()} />
      <main class="scroller" ref={scroller} tabIndex={0}>
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
      </main>
      <p class="sr-only" role="status">
        {waiting ? texts.typing : ''}
      </p>
      <footer class="page-footer">
        {behind && (
          <button type="button" class="to-end" onClick={toEnd}>
            {texts.newMessages} <span aria-hidden="true">↓</span>
          </button>
        )}
        <Composer onSend={ask} />
      </footer>
    </div>
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
