import { useQueryClient } from '@tanstack/react-query';
import { App as AntApp, Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import { Failure } from '../../api/failure';
import { CARE, changeFile, type Choices, type FieldValues, fileKey, type GraduateFile, labelOf } from '../../api/care';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

export const GROUPS = [
  { name: 'plan', fields: ['goal', 'measures', 'next_contact_on'] },
  { name: 'wish', fields: ['wish', 'wish_place', 'wish_work', 'wish_note'] },
  { name: 'destination', fields: ['destination', 'destination_unit', 'destination_on', 'destination_evidence'] },
  { name: 'basics', fields: ['student_number', 'name', 'college', 'class_name', 'cohort', 'degree', 'major', 'phone', 'hometown', 'left_school_on'] },
] as const;

const DAYS: ReadonlySet<string> = new Set(['left_school_on', 'next_contact_on', 'destination_on']);
const PARAGRAPHS: ReadonlySet<string> = new Set(['wish_note', 'goal', 'measures', 'destination_evidence']);
const CHOSEN: Readonly<Record<string, 'wish' | 'destination'>> = { wish: 'wish', destination: 'destination' };
const CONFLICT = 409;

type Written = Record<string, string | number | Dayjs | null | undefined>;

/** Some fields of a file. Only what was changed is sent; when a colleague was faster, what is typed stays in the fields. */
export function FieldsForm({ file, fields, choices }: { file: GraduateFile; fields: readonly string[]; choices: Choices | undefined }) {
  const { may } = useSession();
  const { message } = AntApp.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Written>();
  const saving = useSaying({
    mutationFn: (changes: FieldValues) => changeFile(file.id, changes, file.version),
    outdates: [fileKey(file.id), CARE],
    done: texts.graduates.file.saved,
    onSuccess: () => form.setFieldsValue(form.getFieldsValue()),
    onError: (error) => {
      if (!(error instanceof Failure) || error.status !== CONFLICT) return;
      message.info(texts.graduates.file.conflict);
      void queries.invalidateQueries({ queryKey: fileKey(file.id) });
    },
  });
  const save = (written: Written) => {
    const changes = changesOf(written, file.fields);
    if (Object.keys(changes).length > 0) saving.mutate(changes);
  };
  return (
    <Form form={form} layout="vertical" initialValues={shownOf(file.fields, fields)} disabled={!may('care_write')} onFinish={save}>
      <div className="file-fields">
        {fields.map((field) => (
          <Form.Item key={field} name={field} label={labelOf(choices, 'fields', field)} className={PARAGRAPHS.has(field) ? 'wide' : ''}>
            {inputFor(field, choices)}
          </Form.Item>
        ))}
      </div>
      {may('care_write') && (
        <Button htmlType="submit" loading={saving.isPending}>
          {texts.common.save}
        </Button>
      )}
    </Form>
  );
}

function inputFor(field: string, choices: Choices | undefined) {
  const chosen = CHOSEN[field];
  if (chosen) return <Select allowClear options={choices?.[chosen] ?? []} />;
  if (DAYS.has(field)) return <DatePicker style={{ width: '100%' }} />;
  if (PARAGRAPHS.has(field)) return <Input.TextArea rows={2} maxLength={4000} />;
  return <Input maxLength={200} />;
}

type Kept = GraduateFile['fields'];

function shownOf(kept: Kept, fields: readonly string[]): Written {
  return Object.fromEntries(fields.map((field) => [field, shown(field, kept[field])]));
}

function shown(field: string, value: Kept[string] | undefined): Written[string] {
  if (value === undefined || value === null || value === '') return DAYS.has(field) ? null : undefined;
  return DAYS.has(field) ? dayjs(value) : value;
}

/** What was changed, as the server reads it; an emptied field is null. */
export function changesOf(written: Written, kept: Kept): FieldValues {
  const changes: FieldValues = {};
  for (const [field, value] of Object.entries(written)) {
    const now = dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : (value ?? '');
    const before = kept[field] ?? '';
    if (String(now).trim() !== String(before)) changes[field] = now === '' ? null : now;
  }
  return changes;
}
