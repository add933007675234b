import { Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';

import { addEntry, CARE, type Choices, fileKey, type GraduateFile } from '../../api/care';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { fullMoment } from '../../text/time';
import { texts } from '../../texts';

const words = texts.graduates.file;

interface Given {
  kind: string;
  text: string;
  next?: Dayjs | null;
}

/** What was said and done, the latest first, and where the next is written down. */
export function Entries({ file, choices }: { file: GraduateFile; choices: Choices | undefined }) {
  const { may } = useSession();
  const [form] = Form.useForm<Given>();
  const adding = useSaying({
    mutationFn: ({ kind, text, next }: Given) => addEntry(file.id, kind, text, next?.format('YYYY-MM-DD') ?? null),
    outdates: [fileKey(file.id), CARE],
    done: words.saved,
    onSuccess: () => form.resetFields(),
  });
  const entries = [...file.entries].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <>
      {may('care_write') && (
        <Form form={form} layout="vertical" onFinish={(given: Given) => adding.mutate(given)} requiredMark={false}>
          <div className="file-fields">
            <Form.Item name="kind" label={words.entryKind} rules={[{ required: true }]}>
              <Select options={choices?.kinds ?? []} />
            </Form.Item>
            <Form.Item name="next" label={words.entryNext}>
              <DatePicker style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="text" label={words.entryText} className="wide" rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea rows={2} maxLength={4000} />
            </Form.Item>
          </div>
          <Button type="primary" htmlType="submit" loading={adding.isPending}>
            {words.entryAdd}
          </Button>
        </Form>
      )}
      {entries.length === 0 && <p className="soft">{words.entryEmpty}</p>}
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className="soft">{`${fullMoment(entry.at)} · ${entry.by} · ${entry.kind_label}`}</span>
            <p>{entry.text}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
