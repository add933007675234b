import { Button, Input, Modal } from 'antd';
import { useState } from 'react';

import { texts } from '../texts';

const MOST = 500;

interface Props {
  title: string;
  verb: string;
  /** Reasons that are often given, to be taken by one click. */
  quick: readonly string[];
  saving: boolean;
  save: (reason: string) => void;
  close: () => void;
}

/** Asks for the reason of a decision; without one it cannot be taken. */
export function ReasonDialog({ title, verb, quick, saving, save, close }: Props) {
  const [reason, setReason] = useState('');
  return (
    <Modal open title={title} okText={verb} okButtonProps={{ disabled: !reason.trim() }} confirmLoading={saving} onOk={() => save(reason.trim())} onCancel={close}>
      <p className="soft">{texts.postings.reasonHint}</p>
      <div className="review-quick">
        {quick.map((said) => (
          <Button key={said} size="small" onClick={() => setReason(said)}>
            {said}
          </Button>
        ))}
      </div>
      <Input.TextArea autoFocus rows={3} maxLength={MOST} value={reason} aria-label={title} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}
