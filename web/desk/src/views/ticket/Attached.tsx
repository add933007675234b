import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import type { Attachment } from '../../api/tickets';
import { texts } from '../../texts';
import './insert.css';

const words = texts.ticket;

/** What goes with the reply; each can be taken off again. */
export function Attached({ attached, drop }: { attached: readonly Attachment[]; drop: (one: Attachment) => void }) {
  if (attached.length === 0) return null;
  return (
    <ul className="attached" aria-label={words.attachments}>
      {attached.map((one) => (
        <li key={`${one.kind}-${one.id}`}>
          <span>{`${words.attachedKinds[one.kind]}：${one.title}`}</span>
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={words.detach(one.title)} onClick={() => drop(one)} />
        </li>
      ))}
    </ul>
  );
}
