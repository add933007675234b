import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Drawer, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';

import { saveSurvey, SURVEYS, type SurveyView } from '../../api/surveys';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { formOf, linesOf, type QuestionForm, type SurveyForm, writtenOf } from './form';

const words = texts.surveys;
const KINDS = (Object.keys(words.kinds) as QuestionForm['kind'][]).map((value) => ({ value, label: words.kinds[value] }));
const SCALES = [3, 4, 5, 7, 10].map((value) => ({ value, label: String(value) }));
const NEEDED = [{ required: true, whitespace: true }];

/** A draft, written or written anew; `ahead` is how far the desk's time is ahead of this browser's, in ms. */
export default function SurveyEditor({ survey, ahead, close }: { survey: SurveyView | null; ahead: number; close: () => void }) {
  const [form] = Form.useForm<SurveyForm>();
  const saving = useSaying({
    mutationFn: (given: SurveyForm) => saveSurvey(survey?.id ?? null, writtenOf(given)),
    outdates: [SURVEYS],
    done: words.drafted,
    onSuccess: close,
  });
  const save = (
    <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
      {texts.common.save}
    </Button>
  );
  const today = dayjs(Date.now() + ahead).format('YYYY-MM-DD');
  return (
    <Drawer open size={620} title={survey ? texts.common.edit : words.add} extra={save} onClose={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={formOf(survey, today)} onFinish={(given: SurveyForm) => saving.mutate(given)}>
        <Form.Item name="title" label={words.name} rules={NEEDED}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="purpose" label={words.purpose} extra={words.purposeHint} rules={NEEDED}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="days" label={words.days} rules={[{ required: true }]}>
          <DatePicker.RangePicker allowClear={false} />
        </Form.Item>
        <div className="pair">
          <Form.Item name="college" label={words.college} extra={words.everybody}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="cohort" label={words.cohort}>
            <InputNumber min={2000} max={2099} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="keep_days" label={words.keepDays} extra={words.keepHint} rules={[{ required: true }]}>
          <InputNumber min={1} max={1095} precision={0} />
        </Form.Item>
        <Form.List name="questions">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <Question key={key} name={name} drop={fields.length > 1 ? () => remove(name) : null} />
              ))}
              <Button block icon={<PlusOutlined />} disabled={fields.length >= 30} onClick={() => add({ kind: 'single', text: '', required: true })}>
                {words.more}
              </Button>
            </>
          )}
        </Form.List>
      </Form>
    </Drawer>
  );
}

function Question({ name, drop }: { name: number; drop: (() => void) | null }) {
  const kind = Form.useWatch(['questions', name, 'kind']) as QuestionForm['kind'] | undefined;
  return (
    <fieldset className="question">
      <legend>{words.question(name + 1)}</legend>
      <Form.Item name={[name, 'text']} label={words.text} rules={NEEDED}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="pair">
        <Form.Item name={[name, 'kind']} label={words.kind}>
          <Select options={KINDS} />
        </Form.Item>
        {kind === 'scale' && (
          <Form.Item name={[name, 'highest']} label={words.scale} initialValue={5}>
            <Select options={SCALES} />
          </Form.Item>
        )}
      </div>
      {(kind === 'single' || kind === 'multiple') && (
        <Form.Item name={[name, 'options']} label={words.options} rules={[{ validator: twoLines }]}>
          <Input.TextArea rows={4} />
        </Form.Item>
      )}
      {kind === 'scale' && (
        <div className="pair">
          <Form.Item name={[name, 'low']} label={words.lowEnd}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name={[name, 'high']} label={words.highEnd}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <div className="page-actions">
        <Form.Item name={[name, 'required']} valuePropName="checked" noStyle>
          <Checkbox>{words.required}</Checkbox>
        </Form.Item>
        {drop && (
          <Button icon={<DeleteOutlined />} onClick={drop}>
            {texts.common.remove}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function twoLines(_rule: unknown, value: string | undefined): Promise<void> {
  return linesOf(value).length >= 2 ? Promise.resolve() : Promise.reject(new Error(words.options));
}
