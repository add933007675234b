import { Button, DatePicker, Drawer, Form, Input, InputNumber } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import { saveTraining, TRAININGS, type TrainingView } from '../../api/trainings';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.trainings;
const DAY = 'YYYY-MM-DD';
const NEEDED = [{ required: true, whitespace: true }];
const WORDS = ['hours', 'place', 'fee', 'subsidy'] as const;
const LONGEST = { hours: 100, place: 150, fee: 100, subsidy: 200 } as const;

interface Given {
  title: string;
  provider: string;
  days: [Dayjs, Dayjs];
  sign_up_until: Dayjs;
  hours?: string;
  place?: string;
  fee?: string;
  subsidy?: string;
  note?: string;
  seats?: number | null;
  keep_days: number;
}

/** A training, offered or written anew. */
export default function TrainingEditor({ training, close }: { training: TrainingView | null; close: () => void }) {
  const [form] = Form.useForm<Given>();
  const saving = useSaying({ mutationFn: (given: Given) => saveTraining(training?.id ?? null, writtenOf(given)), outdates: [TRAININGS], done: words.saved, onSuccess: close });
  const begun = training
    ? { ...training, days: [dayjs(training.starts_on), dayjs(training.ends_on)], sign_up_until: dayjs(training.sign_up_until) }
    : { keep_days: 30 };
  const save = (
    <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
      {texts.common.save}
    </Button>
  );
  return (
    <Drawer open size={520} title={training ? texts.common.edit : words.add} extra={save} onClose={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={begun} onFinish={(given: Given) => saving.mutate(given)}>
        <Form.Item name="title" label={words.name} rules={NEEDED}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="provider" label={words.provider} rules={NEEDED}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="days" label={words.days} rules={[{ required: true }]}>
          <DatePicker.RangePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="sign_up_until" label={words.signUpUntil} rules={[{ required: true }]}>
          <DatePicker allowClear={false} />
        </Form.Item>
        {WORDS.map((name) => (
          <Form.Item key={name} name={name} label={words[name]} extra={name === 'hours' ? words.hoursHint : undefined}>
            <Input maxLength={LONGEST[name]} />
          </Form.Item>
        ))}
        <div className="pair">
          <Form.Item name="seats" label={words.seats} extra={words.seatsHint}>
            <InputNumber min={1} max={100_000} precision={0} />
          </Form.Item>
          <Form.Item name="keep_days" label={words.keepDays} rules={[{ required: true }]}>
            <InputNumber min={1} max={365} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="note" label={words.note}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

function writtenOf(given: Given) {
  return {
    title: given.title.trim(),
    provider: given.provider.trim(),
    starts_on: given.days[0].format(DAY),
    ends_on: given.days[1].format(DAY),
    sign_up_until: given.sign_up_until.format(DAY),
    hours: given.hours ?? '',
    place: given.place ?? '',
    fee: given.fee ?? '',
    subsidy: given.subsidy ?? '',
    note: given.note ?? '',
    seats: given.seats ?? null,
    keep_days: given.keep_days,
  };
}
