import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input, Select } from 'antd';

import { type DraftForm, DRAFTS, rewriteDraft, submitDraft, useTopics } from '../../api/knowledge';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { LONGEST } from './begin';

const words = texts.knowledge;
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

interface Props {
  /** What is known of the entry before anybody types. */
  begun: Partial<DraftForm>;
  /** The draft that is written anew; null for a new one. */
  draftId: number | null;
  ticket: string | null;
  close: () => void;
}

/** An entry as it is put before the reviewers. */
export default function DraftEditor({ begun, draftId, ticket, close }: Props) {
  const [form] = Form.useForm<DraftForm>();
  const topics = useTopics();
  const submitting = useSaying({
    mutationFn: (written: DraftForm) => (draftId === null ? submitDraft(entryOf(written), ticket) : rewriteDraft(draftId, entryOf(written))),
    outdates: [DRAFTS],
    done: words.submitted,
    onSuccess: close,
  });
  const initial = { region: '全国', other_questions: [], steps: [], basis: [{}], ...begun };
  const needed = [{ required: true, whitespace: true }];
  return (
    <Drawer
      open
      size={560}
      title={draftId === null ? words.add : words.rewrite}
      onClose={close}
      extra={
        <Button type="primary" loading={submitting.isPending} onClick={() => form.submit()}>
          {words.submit}
        </Button>
      }
    >
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(written: DraftForm) => submitting.mutate(written)}>
        <Form.Item name="topic" label={words.topic} rules={[{ required: true }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={topics.data ?? []} />
        </Form.Item>
        <Form.Item name="title" label={words.name} rules={needed}>
          <Input maxLength={LONGEST.title} />
        </Form.Item>
        <Form.Item name="question" label={words.question} rules={needed}>
          <Input maxLength={LONGEST.question} />
        </Form.Item>
        <Form.Item name="other_questions" label={words.otherQuestions} rules={[eachWithin(LONGEST.question)]}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="answer" label={words.answer} rules={needed}>
          <Input.TextArea rows={4} maxLength={LONGEST.answer} showCount />
        </Form.Item>
        <Form.Item name="steps" label={words.steps} rules={[eachWithin(LONGEST.step)]}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="decides" label={words.decides} rules={needed}>
          <Input maxLength={LONGEST.decides} />
        </Form.Item>
        <Form.Item name="school" label={words.school} rules={needed}>
          <Input maxLength={LONGEST.school} />
        </Form.Item>
        <Form.Item name="region" label={words.region} rules={needed}>
          <Input maxLength={LONGEST.region} />
        </Form.Item>
        <h3>{words.basis}</h3>
        <Form.List name="basis">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <div key={key} className="basis">
                  <Form.Item name={[name, 'law']} rules={needed}>
                    <Input placeholder={words.law} aria-label={words.law} maxLength={LONGEST.law} />
                  </Form.Item>
                  <Form.Item name={[name, 'number']}>
                    <Input placeholder={words.number} aria-label={words.number} maxLength={LONGEST.number} />
                  </Form.Item>
                  <Form.Item name={[name, 'article']}>
                    <Input placeholder={words.article} aria-label={words.article} maxLength={LONGEST.article} />
                  </Form.Item>
                  <Form.Item name={[name, 'date']} rules={[{ pattern: DATE, message: words.date }]}>
                    <Input placeholder={words.date} aria-label={words.date} maxLength={10} />
                  </Form.Item>
                  {rows.length > 1 && <Button icon={<MinusCircleOutlined />} aria-label={words.dropBasis} onClick={() => remove(name)} />}
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({})}>
                {words.addBasis}
              </Button>
            </>
          )}
        </Form.List>
      </Form>
    </Drawer>
  );
}

/** A rule for a field of several lines: none longer than this. */
function eachWithin(most: number) {
  return {
    validator: (_: unknown, lines: string[] = []) => (lines.every((line) => line.length <= most) ? Promise.resolve() : Promise.reject(new Error(words.tooLong(most)))),
  };
}

/** The entry as the server reads it: what was left empty is null. */
function entryOf(written: DraftForm): DraftForm {
  const basis = written.basis.map(({ law, number, article, date }) => ({ law, number: number || null, article: article || null, date: date || null }));
  return { ...written, other_questions: written.other_questions ?? [], steps: written.steps ?? [], basis };
}
