import { Button, Form, Input } from 'antd';

import { api, brought } from '../../api/client';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

interface Given {
  current: string;
  next: string;
  again: string;
}

/** One's own password; all other sessions end with it. */
export function PasswordForm() {
  const [form] = Form.useForm<Given>();
  const changing = useSaying({
    mutationFn: ({ current, next }: Given) => brought(api.POST('/api/desk/session/password', { body: { current, new: next } })),
    done: texts.settings.changed,
    outdates: [['sessions']],
    onSuccess: () => form.resetFields(),
  });
  const same = {
    validator: (_: unknown, again: string) =>
      again === form.getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(texts.settings.differ)),
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(given: Given) => changing.mutate(given)} className="narrow">
      <Form.Item name="current" label={texts.settings.current} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="next" label={texts.settings.next} rules={[{ required: true }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="again" label={texts.settings.again} dependencies={['next']} rules={[same]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        {texts.settings.change}
      </Button>
    </Form>
  );
}
