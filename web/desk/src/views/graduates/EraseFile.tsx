import { App as AntApp, Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { CARE, eraseFile, type ErasureReason, type GraduateFile } from '../../api/care';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.graduates.erase;
const REASONS = Object.entries(words.reasons).map(([value, label]) => ({ value: value as ErasureReason, label }));

/** Erases a file and all else that is kept of the graduate; whose it is has to be typed, for nothing of it comes back. */
export function EraseFile({ file }: { file: GraduateFile }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p className="soft">{words.hint}</p>
      <Button danger onClick={() => setAsking(true)}>
        {words.begin}
      </Button>
      {asking && <Confirm file={file} close={() => setAsking(false)} />}
    </>
  );
}

function Confirm({ file, close }: { file: GraduateFile; close: () => void }) {
  const { modal } = AntApp.useApp();
  const navigate = useNavigate();
  const [reason, setReason] = useState<ErasureReason | null>(null);
  const [typed, setTyped] = useState('');
  const name = String(file.fields['name'] ?? '');
  const erasing = useSaying({
    mutationFn: (why: ErasureReason) => eraseFile(file.id, why),
    onSuccess: async ({ receipts, waits }, _, __, { client }) => {
      close();
      await navigate('/graduates');
      client.removeQueries({ queryKey: CARE });
      void modal.success({ title: words.done(name), content: [receipts.length > 0 ? words.receipts(receipts.join('、')) : words.fileAlone, waits && words.waits].filter(Boolean).join('') });
    },
  });
  return (
    <Modal
      open
      title={words.title(name)}
      okText={words.confirm}
      okButtonProps={{ danger: true, disabled: !reason || typed.trim() !== name }}
      confirmLoading={erasing.isPending}
      onOk={() => reason && erasing.mutate(reason)}
      onCancel={close}
    >
      <p>{words.whose(name, String(file.fields['college'] ?? ''), String(file.fields['student_number'] ?? ''))}</p>
      <p>{words.what}</p>
      <p id="erase-reason">{words.reason}</p>
      <Radio.Group className="erase-reasons" aria-labelledby="erase-reason" options={REASONS} value={reason} onChange={(event) => setReason(event.target.value as ErasureReason)} />
      <p id="erase-name">{words.typeName(name)}</p>
      <Input value={typed} maxLength={50} aria-labelledby="erase-name" onChange={(event) => setTyped(event.target.value)} />
    </Modal>
  );
}
