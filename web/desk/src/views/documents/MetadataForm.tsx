import { Button, DatePicker, Drawer, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import type { Corrections, DocumentView } from '../../api/documents';
import { texts } from '../../texts';

const words = texts.documents;
const DAY = 'YYYY-MM-DD';
const DAYS = ['issued_on', 'in_force_from', 'in_force_until'] as const;
const TAGS = ['issuers', 'audience', 'cohorts'] as const;
const YEAR = /^20\d{2}$/;

interface Values {
  title: string;
  doc_no: string;
  issuers: string[];
  issued_on: Dayjs | null;
  region: string;
  cohorts: string[];
  audience: string[];
  in_force_from: Dayjs | null;
  in_force_until: Dayjs | null;
}

interface Props {
  known: Pick<DocumentView, 'document' | 'remarks'>;
  saving: boolean;
  save: (corrections: Corrections) => void;
  close: () => void;
}

/** What a person may set right of a document; only fields that were changed are handed on. */
export function MetadataForm({ known, saving, save, close }: Props) {
  const [form] = Form.useForm<Values>();
  const before = valuesOf(known);
  const finish = (after: Values) => {
    const changes = changed(before, after);
    if (Object.keys(changes).length > 0) save(changes);
    else close();
  };
  const tags = { mode: 'tags', open: false, suffixIcon: null, placeholder: words.tags } as const;
  return (
    <Drawer
      open
      size={480}
      title={words.correct}
      onClose={close}
      extra={
        <Button type="primary" loading={saving} onClick={() => form.submit()}>
          {texts.common.save}
        </Button>
      }
    >
      <p className="soft">{words.correctHint}</p>
      <Form form={form} layout="vertical" initialValues={before} onFinish={finish}>
        <Form.Item name="title" label={words.name}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="doc_no" label={words.number}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="issuers" label={words.issuers}>
          <Select {...tags} />
        </Form.Item>
        <Form.Item name="issued_on" label={words.issued}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="region" label={words.region} extra={words.place}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="in_force_from" label={words.from} extra={words.emptyUntil}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="in_force_until" label={words.until} extra={words.emptyUntil}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="cohorts" label={words.cohorts}>
          <Select {...tags} />
        </Form.Item>
        <Form.Item name="audience" label={words.audience}>
          <Select {...tags} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

function valuesOf({ document, remarks }: Props['known']): Values {
  const day = (iso: string | null) => (iso ? dayjs(iso) : null);
  return {
    title: remarks.some(({ code }) => code === 'no_title') ? '' : document.title,
    doc_no: document.doc_no ?? '',
    issuers: document.issuers,
    issued_on: day(document.issued_on),
    region: document.region ?? '',
    cohorts: document.cohorts.map(String),
    audience: document.audience,
    in_force_from: day(document.in_force_from),
    in_force_until: day(document.in_force_until),
  };
}

function changed(before: Values, after: Values): Corrections {
  const sent: Record<string, unknown> = {};
  for (const name of ['title', 'doc_no', 'region'] as const) {
    if (after[name].trim() !== before[name]) sent[name] = after[name].trim() || null;
  }
  for (const name of DAYS) {
    const [old, now] = [before[name]?.format(DAY) ?? null, after[name]?.format(DAY) ?? null];
    if (old !== now) sent[name] = now;
  }
  for (const name of TAGS) {
    const kept = after[name].map((tag) => tag.trim().replace(/届$/, '')).filter((tag) => (name === 'cohorts' ? YEAR.test(tag) : tag));
    if (kept.join('\n') !== before[name].join('\n')) sent[name] = name === 'cohorts' ? kept.map(Number) : kept;
  }
  return sent as Corrections;
}
