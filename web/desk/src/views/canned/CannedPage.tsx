import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Popconfirm, Spin } from 'antd';
import { useState } from 'react';

import { CANNED, type CannedShown, dropCanned, saveCanned, useCannedReplies, type Written } from '../../api/canned';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.canned;

/** Replies that are written often, for everybody or for one's college. */
export default function CannedPage() {
  const { may } = useSession();
  const replies = useCannedReplies();
  const [editing, setEditing] = useState<CannedShown | 'new' | null>(null);
  const dropping = useSaying({ mutationFn: dropCanned, outdates: [CANNED], done: words.dropped });
  if (replies.isLoadingError) return <LoadFailure error={replies.error} again={() => void replies.refetch()} />;
  const add = may('canned_manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} hint={words.hint((replies.data?.variables ?? []).map((name) => `{${name}}`).join(' '))} actions={add}>
      {replies.isPending && <Spin />}
      {replies.data?.items.map((one) => (
        <Sheet key={one.id} title={one.title}>
          <p className="printed">{one.text}</p>
          <div className="page-actions">
            <span className="soft">{one.college ?? words.forAll}</span>
            {may('canned_manage') && (
              <>
                <Button onClick={() => setEditing(one)}>{texts.common.edit}</Button>
                <Popconfirm title={words.dropAsk} onConfirm={() => dropping.mutate(one.id)}>
                  <Button danger>{texts.common.remove}</Button>
                </Popconfirm>
              </>
            )}
          </div>
        </Sheet>
      ))}
      {replies.data?.total === 0 && <p className="soft">{texts.ticket.cannedEmpty}</p>}
      {editing && <Editor reply={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
    </Page>
  );
}

function Editor({ reply, close }: { reply: CannedShown | null; close: () => void }) {
  const [form] = Form.useForm<Written>();
  const saving = useSaying({ mutationFn: (written: Written) => saveCanned(reply?.id ?? null, written), outdates: [CANNED], done: texts.common.saved, onSuccess: close });
  return (
    <Modal open title={reply ? texts.common.edit : words.add} okText={texts.common.save} confirmLoading={saving.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={reply ?? {}} onFinish={(written: Written) => saving.mutate({ title: written.title, text: written.text })}>
        <Form.Item name="title" label={words.name} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="text" label={words.text} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={5} maxLength={4000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
