import { DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { DOCUMENTS, replaceDocument, retireDocument, useDocuments } from '../../api/documents';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.documents;
const SHORTEST_REASON = 2;

interface Props {
  id: number;
  close: () => void;
}

/** Sets the last day of a document, with the reason that graduates hear. */
export function RetireDialog({ id, close }: Props) {
  const [until, setUntil] = useState<Dayjs | null>(dayjs().subtract(1, 'day'));
  const [reason, setReason] = useState('');
  const retiring = useSaying({
    mutationFn: () => retireDocument(id, (until ?? dayjs()).format('YYYY-MM-DD'), reason.trim()),
    outdates: [DOCUMENTS],
    done: words.retired,
    onSuccess: close,
  });
  const ready = until !== null && reason.trim().length >= SHORTEST_REASON;
  return (
    <Modal open title={words.retireTitle} okText={words.retire} okButtonProps={{ disabled: !ready, danger: true }} confirmLoading={retiring.isPending} onOk={() => retiring.mutate()} onCancel={close}>
      <Form layout="vertical">
        <Form.Item label={words.retireUntil} htmlFor="retire-until">
          <DatePicker id="retire-until" value={until} onChange={setUntil} />
        </Form.Item>
        <Form.Item label={words.retireReason} htmlFor="retire-reason">
          <Input.TextArea id="retire-reason" rows={3} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Sets another document on file as the one that replaces this. */
export function ReplaceDialog({ id, close }: Props) {
  const [newer, setNewer] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const replacing = useSaying({
    mutationFn: () => replaceDocument(id, newer ?? 0, reason.trim()),
    outdates: [DOCUMENTS],
    done: words.replaced,
    onSuccess: close,
  });
  const ready = newer !== null && reason.trim().length >= SHORTEST_REASON;
  return (
    <Modal open title={words.replaceTitle} okText={texts.common.confirm} okButtonProps={{ disabled: !ready }} confirmLoading={replacing.isPending} onOk={() => replacing.mutate()} onCancel={close}>
      <Form layout="vertical">
        <Form.Item label={words.replaceTitle} htmlFor="replace-newer">
          <DocumentPicker id="replace-newer" value={newer} except={id} onChange={setNewer} />
        </Form.Item>
        <Form.Item label={words.replaceReason} htmlFor="replace-reason">
          <Input.TextArea id="replace-reason" rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

interface Picker {
  id: string;
  value: number | null;
  except?: number | null;
  onChange: (number: number | null) => void;
}

/** One of the documents on file, looked for by title or number. */
export function DocumentPicker({ id, value, except = null, onChange }: Picker) {
  const [q, setQ] = useState('');
  const found = useDocuments({ page: 1, ...(q ? { q } : {}) });
  const options = (found.data?.items ?? []).filter((row) => row.id !== except).map((row) => ({ value: row.id, label: [row.title, row.doc_no].filter(Boolean).join(' ') }));
  return (
    <Select<number>
      id={id}
      className="document-picker"
      allowClear
      showSearch={{ filterOption: false, onSearch: (typed) => setQ(typed.trim()) }}
      placeholder={words.pick}
      options={options}
      value={value}
      onChange={(picked: number | undefined) => onChange(picked ?? null)}
    />
  );
}
