import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Popconfirm, Select, Spin } from 'antd';
import { useState } from 'react';

import { DEADLINES, type DeadlineForm, type DeadlineShown, dropDeadline, saveDeadline, useDeadlines } from '../../api/deadlines';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.deadlines;
const MOST_DAYS_AHEAD = 60;

/** Days that do not wait: requests that are about one go first once it is near. */
export default function DeadlinesPage() {
  const { may } = useSession();
  const deadlines = useDeadlines();
  const [editing, setEditing] = useState<DeadlineShown | 'new' | null>(null);
  const dropping = useSaying({ mutationFn: dropDeadline, outdates: [DEADLINES], done: words.dropped });
  if (deadlines.isError) return <LoadFailure error={deadlines.error} again={() => void deadlines.refetch()} />;
  const add = may('tickets_assign') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={add}>
      {deadlines.isPending && <Spin />}
      {deadlines.data?.items.map((one) => (
        <Sheet key={one.id} title={`${one.title} · ${one.day}`}>
          <p>{words.about(one.words)}</p>
          <p className="soft">{[words.left(one.days_left), words.ahead(one.days_ahead), one.college ?? words.everybody].join(' · ')}</p>
          {may('tickets_assign') && (
            <div className="page-actions">
              <Button onClick={() => setEditing(one)}>{texts.common.edit}</Button>
              <Popconfirm title={words.dropAsk} onConfirm={() => dropping.mutate(one.id)}>
                <Button danger>{texts.common.remove}</Button>
              </Popconfirm>
            </div>
          )}
        </Sheet>
      ))}
      {deadlines.data?.total === 0 && <p className="soft">{words.empty}</p>}
      {editing && <Editor deadline={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
    </Page>
  );
}

function Editor({ deadline, close }: { deadline: DeadlineShown | null; close: () => void }) {
  const [form] = Form.useForm<DeadlineForm>();
  const saving = useSaying({
    mutationFn: (written: DeadlineForm) => saveDeadline(deadline?.id ?? null, { ...written, college: written.college || null }),
    outdates: [DEADLINES],
    done: texts.common.saved,
    onSuccess: close,
  });
  return (
    <Modal open title={deadline ? texts.common.edit : words.add} okText={texts.common.save} confirmLoading={saving.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={deadline ?? { days_ahead: 7 }} onFinish={(written: DeadlineForm) => saving.mutate(written)}>
        <Form.Item name="title" label={words.name} rules={[{ required: true, whitespace: true, min: 2 }]}>
          <Input maxLength={40} placeholder={words.nameLike} />
        </Form.Item>
        <Form.Item name="day" label={words.day} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="words" label={words.words} extra={words.wordsHint} rules={[{ required: true, type: 'array', min: 1, max: 10 }]}>
          <Select mode="tags" open={false} tokenSeparators={['，', ',', '、', ' ']} />
        </Form.Item>
        <Form.Item name="days_ahead" label={words.daysAhead} rules={[{ required: true }]}>
          <InputNumber min={0} max={MOST_DAYS_AHEAD} precision={0} />
        </Form.Item>
        <Form.Item name="college" label={words.college}>
          <Input maxLength={60} placeholder={words.everybody} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
