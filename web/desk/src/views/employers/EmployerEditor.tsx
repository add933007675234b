import { Form, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';

import { EMPLOYERS, type EmployerFileView, type EmployerForm, keepEmployer } from '../../api/employers';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.employers;
const FIELDS = ['type', 'city', 'credit_code', 'site', 'mail_domain', 'address', 'note'] as const;
const LONGEST_NAME = 200;
const LONGEST = 300;

/** Takes an employer in, or what is newly known of it; the ledger knows a name in any spelling. */
export function EmployerEditor({ employer, close }: { employer: EmployerFileView | null; close: () => void }) {
  const [form] = Form.useForm<EmployerForm>();
  const navigate = useNavigate();
  const keeping = useSaying({
    mutationFn: (written: EmployerForm) => keepEmployer(filled(written)),
    outdates: [EMPLOYERS],
    done: ({ result }) => words.kept[result] ?? '',
    onSuccess: ({ id }) => {
      close();
      void navigate(`/employers/${id}`);
    },
  });
  return (
    <Modal open title={employer ? words.edit : words.add} okText={texts.common.save} confirmLoading={keeping.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={employer ?? {}} onFinish={(written: EmployerForm) => keeping.mutate(written)}>
        <Form.Item name="name" label={words.fields.name} rules={[{ required: true, whitespace: true, min: 2, message: words.needName }]}>
          <Input maxLength={LONGEST_NAME} disabled={employer !== null} />
        </Form.Item>
        {FIELDS.map((field) => (
          <Form.Item key={field} name={field} label={words.fields[field]}>
            {field === 'note' ? <Input.TextArea rows={2} maxLength={LONGEST} /> : <Input maxLength={LONGEST} />}
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}

/** Fields left alone are empty texts: the ledger keeps what it knows then. */
function filled(written: EmployerForm): EmployerForm {
  const rest = Object.fromEntries(FIELDS.map((field) => [field, (written[field] ?? '').trim()]));
  return { ...(rest as Omit<EmployerForm, 'name'>), name: written.name.trim() };
}
