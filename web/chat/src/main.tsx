import '@chatui/core/dist/index.css';
import { render } from 'preact';
import { App } from './components/App';
import { Conversation } from './state/conversation';
import './styles/page.css';
import './styles/conversation.css';
import './styles/cards.css';
import './styles/standing.css';
import './styles/composer.css';

const root = document.getElementById('root');
if (root !== null) {
  const conversation = new Conversation();
  conversation.watchNetwork();
  void conversation.start();
  render(<App conversation={conversation} />, root);
}
