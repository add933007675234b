import { Form, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';

import { CARE, labelOf, openFile, useChoices } from '../../api/care';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const FIELDS = ['student_number', 'name', 'college', 'class_name', 'cohort', 'degree', 'major', 'phone'] as const;
const REQUIRED: ReadonlySet<string> = new Set(['student_number', 'name', 'college']);

/** Opens a file; for a number that is there already, that file. */
export function NewFile({ close }: { close: () => void }) {
  const [form] = Form.useForm<Record<string, string>>();
  const navigate = useNavigate();
  const choices = useChoices();
  const opening = useSaying({
    mutationFn: (given: Record<string, string>) => openFile(Object.fromEntries(Object.entries(given).filter(([, value]) => value))),
    outdates: [CARE],
    onSuccess: ({ id }) => void navigate(`/graduates/${id}`),
  });
  return (
    <Modal open title={texts.graduates.add} okText={texts.common.save} confirmLoading={opening.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" onFinish={(given) => opening.mutate(given)}>
        {FIELDS.map((field) => (
          <Form.Item key={field} name={field} label={labelOf(choices.data, 'fields', field)} rules={[{ required: REQUIRED.has(field) }]}>
            <Input maxLength={100} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
