import { DatePicker, Form, Input, Modal, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import { announce, ANNOUNCEMENTS, type AnnouncementWritten } from '../../api/announcements';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { Preview } from './Preview';

const words = texts.announcements;
const MOST = 500;
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));

interface Written {
  kind: NonNullable<AnnouncementWritten['kind']>;
  text?: string;
  begins?: Dayjs | null;
  until?: Dayjs | null;
}

/** Writes an announcement; beside the fields stands what a graduate will see. */
export function Editor({ close }: { close: () => void }) {
  const [form] = Form.useForm<Written>();
  const { kind = 'announcement', text = '', until = null } = Form.useWatch([], form) ?? {};
  const publishing = useSaying({
    mutationFn: (written: Written) => announce(bodyOf(written)),
    outdates: [ANNOUNCEMENTS],
    done: words.published,
    onSuccess: close,
  });
  return (
    <Modal open width={640} title={words.add} okText={words.publish} confirmLoading={publishing.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ kind: 'announcement' }} onFinish={(written: Written) => publishing.mutate(written)}>
        <Form.Item name="kind" label={words.kind}>
          <Radio.Group optionType="button" options={KINDS} />
        </Form.Item>
        <Form.Item name="text" label={words.text} extra={words.textHint} rules={[{ required: true, whitespace: true, message: words.needText }]}>
          <Input.TextArea rows={4} maxLength={MOST} showCount />
        </Form.Item>
        <div className="announcement-days">
          <Form.Item name="until" label={words.until} dependencies={['begins']} rules={[{ required: true, message: words.needUntil }, notBefore(() => form.getFieldValue('begins') as Dayjs | null)]}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="begins" label={words.begins}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
      <Preview kind={kind} text={text} until={until} />
    </Modal>
  );
}

function notBefore(begins: () => Dayjs | null) {
  return {
    validator: (_: unknown, until: Dayjs | null) => {
      const first = begins();
      return until && first && until.isBefore(first, 'day') ? Promise.reject(new Error(words.endsFirst)) : Promise.resolve();
    },
  };
}

function bodyOf({ kind, text = '', begins, until }: Written): AnnouncementWritten {
  const named = (moment: Dayjs) => dayjs(moment).format('YYYY-MM-DD');
  return { kind, text: text.trim(), until: named(until as Dayjs), begins: begins ? named(begins) : null };
}
