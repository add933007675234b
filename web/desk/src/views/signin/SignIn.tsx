import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { Failure, sentenceOf } from '../../api/failure';
import { CODE_NEEDED, signIn, useSessionRefresh } from '../../api/session';
import { texts } from '../../texts';
import './signin.css';

interface Given {
  name: string;
  password: string;
  code?: string;
}

/** Name and password first; the code is asked for only where the account has one. */
export function SignIn({ single }: { single: boolean }) {
  const refresh = useSessionRefresh();
  const [asksCode, setAsksCode] = useState(false);
  const [form] = Form.useForm<Given>();
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: refresh,
    onError: (error) => {
      if (error instanceof Failure && error.code === CODE_NEEDED) setAsksCode(true);
      else if (asksCode) form.resetFields(['code']);
    },
  });
  const anotherAccount = () => {
    setAsksCode(false);
    entering.reset();
    form.resetFields();
  };
  const [params] = useSearchParams();
  const returned = texts.session.returned[params.get('sign_in') ?? ''];
  const waitsForCode = entering.error instanceof Failure && entering.error.code === CODE_NEEDED;

  return (
    <main className="signin">
      <section className="signin-card">
        <Typography.Title level={1} className="signin-title">
          {texts.session.title}
        </Typography.Title>
        <p className="signin-subtitle">{texts.session.subtitle}</p>
        {returned && !entering.isError && <Alert type="error" showIcon title={returned} role="alert" />}
        {entering.isError && !waitsForCode && <Alert type="error" showIcon title={sentenceOf(entering.error)} role="alert" />}
        <Form form={form} layout="vertical" requiredMark={false} size="large" onFinish={(given) => entering.mutate(given)} disabled={entering.isPending}>
          <Form.Item name="name" label={texts.session.name} hidden={asksCode} rules={[{ required: true, message: texts.session.needName }]}>
            <Input autoComplete="username" autoFocus maxLength={80} />
          </Form.Item>
          <Form.Item name="password" label={texts.session.password} hidden={asksCode} rules={[{ required: true, message: texts.session.needPassword }]}>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          {asksCode && (
            <Form.Item name="code" label={texts.session.code} extra={texts.session.codeHint} rules={[{ required: true, message: texts.session.needCode }]}>
              <Input autoComplete="one-time-code" inputMode="text" autoFocus maxLength={40} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={entering.isPending}>
            {texts.session.enter}
          </Button>
          {asksCode && (
            <Button type="link" block onClick={anotherAccount}>
              {texts.session.otherAccount}
            </Button>
          )}
        </Form>
        {single && (
          <Button block size="large" href="/api/desk/oidc/start">
            {texts.session.single}
          </Button>
        )}
      </section>
    </main>
  );
}
