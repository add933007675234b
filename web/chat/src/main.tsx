import '@chatui/core/dist/index.css';
import { render } from 'preact';
import { hasEntry, takeEntry } from './api/session';
import { App } from './components/App';
import { PageClock } from './state/clock';
import { Conversation } from './state/conversation';
import { pagePlace } from './state/place';
import { SavedPostings } from './state/saved';
import './styles/page.css';
import './styles/conversation.css';
import './styles/cards.css';
import './styles/standing.css';
import './styles/composer.css';
import './styles/postings.css';
import './styles/events.css';
import './styles/panel.css';
import './styles/invited.css';
import './styles/leave.css';

const root = document.getElementById('root');
if (root !== null) {
  const clock = new PageClock();
  const conversation = new Conversation(clock, pagePlace(), takeEntry());
  window.addEventListener('hashchange', () => hasEntry() && window.location.reload());
  conversation.watchNetwork();
  void conversation.start();
  render(<App conversation={conversation} saved={new SavedPostings()} clock={clock} />, root);
}
