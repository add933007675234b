import { Button, DatePicker, Divider, Drawer, Form, Input, Popconfirm, Select, Switch } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import { useSession } from '../../app/session';
import { addColleague, changeColleague, resetTotp, STAFF } from '../../api/people';
import type { Colleague, Role } from '../../api/schema';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { DutiesForm } from './DutiesForm';

interface Given {
  name: string;
  display_name?: string;
  role: Role;
  college?: string;
  password?: string;
  active?: boolean;
  leave_until?: Dayjs | null;
  stand_in_id?: number | null;
}

const ROLES = Object.entries(texts.people.roles).map(([value, label]) => ({ value, label }));

/** One account, made or changed. A supervisor may change leave and stand-in only. */
export function ColleagueForm({ colleague, everybody, close }: { colleague: Colleague | null; everybody: readonly Colleague[]; close: () => void }) {
  const { may } = useSession();
  const [form] = Form.useForm<Given>();
  const saving = useSaying({
    mutationFn: (given: Given) => (colleague ? changeColleague({ id: colleague.id, change: changeOf(given, may('staff_manage')) }) : addColleague(newOf(given))),
    outdates: [STAFF],
    done: colleague ? texts.people.saved : texts.people.added,
    onSuccess: close,
  });
  const resetting = useSaying({ mutationFn: resetTotp, outdates: [STAFF], done: texts.people.saved, onSuccess: close });
  const others = everybody.filter((one) => one.active && one.id !== colleague?.id).map((one) => ({ value: one.id, label: one.display_name }));
  const initial = colleague
    ? { ...colleague, college: colleague.college ?? '', leave_until: colleague.leave_until ? dayjs(colleague.leave_until) : null }
    : { role: 'counsellor' as const, active: true };

  return (
    <Drawer
      open
      size={440}
      onClose={close}
      title={colleague ? texts.people.change(colleague.display_name) : texts.people.add}
      extra={
        <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
          {texts.common.save}
        </Button>
      }
    >
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(given: Given) => saving.mutate(given)}>
        {may('staff_manage') && (
          <>
            <Form.Item name="name" label={texts.people.name} extra={texts.people.nameHint} rules={[{ required: true }]}>
              <Input disabled={colleague !== null} autoComplete="off" maxLength={40} />
            </Form.Item>
            <Form.Item name="display_name" label={texts.people.displayName} extra={texts.people.displayNameHint}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="role" label={texts.people.role} rules={[{ required: true }]}>
              <Select options={ROLES} />
            </Form.Item>
            <Form.Item name="college" label={texts.people.college} extra={texts.people.collegeHint}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item
              name="password"
              label={colleague ? texts.people.passwordNew : texts.people.password}
              extra={colleague ? texts.people.passwordHint : texts.people.passwordFirst}
            >
              <Input.Password autoComplete="new-password" maxLength={200} />
            </Form.Item>
          </>
        )}
        {colleague && (
          <>
            <Form.Item name="leave_until" label={texts.people.leaveUntil}>
              <DatePicker style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="stand_in_id" label={texts.people.standIn}>
              <Select options={others} allowClear />
            </Form.Item>
            {may('staff_manage') && (
              <Form.Item name="active" label={texts.people.active} valuePropName="checked">
                <Switch />
              </Form.Item>
            )}
          </>
        )}
      </Form>
      {colleague && (
        <>
          <Divider titlePlacement="start">{texts.people.duties.title}</Divider>
          <DutiesForm staffId={colleague.id} />
        </>
      )}
      {colleague?.totp && may('staff_manage') && (
        <Popconfirm title={texts.people.totpResetAsk} onConfirm={() => resetting.mutate(colleague.id)}>
          <Button danger loading={resetting.isPending}>
            {texts.people.totpReset}
          </Button>
        </Popconfirm>
      )}
    </Drawer>
  );
}

function newOf(given: Given) {
  return { name: given.name, role: given.role, display_name: given.display_name || null, college: given.college || null, password: given.password || null };
}

function changeOf(given: Given, everything: boolean) {
  const leave = { leave_until: given.leave_until?.format('YYYY-MM-DD') ?? null, stand_in_id: given.stand_in_id ?? null };
  if (!everything) return leave;
  return {
    ...leave,
    role: given.role,
    college: given.college || null,
    active: given.active ?? true,
    ...(given.display_name ? { display_name: given.display_name } : {}),
    ...(given.password ? { password: given.password } : {}),
  };
}
