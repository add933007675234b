import { Route, Routes } from 'react-router';

import { useBroad } from '../../app/useMedia';
import { ShortcutHelp } from '../../parts/ShortcutHelp';
import { texts } from '../../texts';
import TicketView from '../ticket/TicketView';
import { useTicketNotices } from '../ticket/useTicketNotices';
import './inbox.css';
import { List } from './List';

/** List and conversation beside each other; on a phone one after the other. */
export default function Inbox() {
  const broad = useBroad();
  useTicketNotices();
  return (
    <div className="inbox">
      <ShortcutHelp />
      <Routes>
        <Route
          index
          element={
            <>
              <List />
              {broad && <Nothing />}
            </>
          }
        />
        <Route
          path=":number"
          element={
            <>
              {broad && <List />}
              <TicketView />
            </>
          }
        />
      </Routes>
    </div>
  );
}

function Nothing() {
  return (
    <div className="inbox-nothing">
      <p>{texts.inbox.choose}</p>
      <p className="soft">{texts.inbox.chooseHint}</p>
    </div>
  );
}
