import { Modal } from 'antd';
import { useState } from 'react';

import { useShortcuts } from '../app/useShortcuts';
import { texts } from '../texts';
import './parts.css';

/** The table of shortcuts, shown by `?`. */
export function ShortcutHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true), '？': () => setOpen(true) });
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={texts.shortcuts.title} destroyOnHidden>
      <dl className="shortcuts">
        {texts.shortcuts.list.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
