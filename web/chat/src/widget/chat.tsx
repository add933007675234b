/** The conversation in its frame: the page's own components, state and styles. */
import { render } from 'preact';
import { App } from '../components/App';
import { PageClock } from '../state/clock';
import { Conversation } from '../state/conversation';
import { LeftQuestions } from '../state/left';
import type { Place } from '../state/place';
import { SavedPostings } from '../state/saved';
import css from './chat.css?inline';
import { addStyles } from './sheets';
import type { Chat, Stage } from './stage';
import { Unread } from './unread';

export function mount(stage: Stage): Chat {
  const { root, frame, options } = stage;
  addStyles(root, css, `${options.server}/widget.css`);
  const place: Place = { college: options.college, key: options.key };
  const clock = new PageClock(Date.now, place);
  const conversation = new Conversation(clock, place);
  conversation.watchNetwork();
  void conversation.start();
  const left = new LeftQuestions(place, (question) => conversation.leave(question));
  const unread = new Unread(conversation, place, stage.onUnread);
  render(
    <App conversation={conversation} saved={new SavedPostings(place)} clock={clock} frame={{ title: stage.title, left, onClose: stage.onClose }} />,
    frame,
  );
  return {
    shown: (open) => unread.watched(open),
    focus: () => frame.querySelector<HTMLElement>('.composer textarea')?.focus({ preventScroll: true }),
  };
}
