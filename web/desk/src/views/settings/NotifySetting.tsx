import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';

import { texts } from '../../texts';

/** The browser is asked for leave only when somebody presses the button. */
export function NotifySetting() {
  const [leave, setLeave] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  const ask = async () => setLeave(await Notification.requestPermission());
  return (
    <>
      <p className="soft">{texts.settings.notifyHint}</p>
      {leave === 'default' && (
        <Button icon={<BellOutlined />} onClick={() => void ask()}>
          {texts.shell.notify}
        </Button>
      )}
      {leave === 'granted' && <p>{texts.shell.notifyOn}</p>}
      {leave === 'denied' && <p>{texts.shell.notifyDenied}</p>}
    </>
  );
}
