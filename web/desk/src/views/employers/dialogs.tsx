import { DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';

import {
  type CandidateForm,
  type EmployerCheckForm,
  type EmployerFileView,
  EMPLOYERS,
  keepCandidate,
  keepCheck,
  keepNeed,
  keepVisit,
  linkPosting,
  type NeedForm,
  type NeedView,
  type VisitForm,
} from '../../api/employers';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.employers;
const LONGEST = 300;
const LONGEST_NAME = 200;
const LONGEST_REFERENCE = 60;
const MOST_POSTS = 100_000;
const choices = <Value extends string>(labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value: value as Value, label }));
const iso = (moment: Dayjs) => moment.format('YYYY-MM-DD');

interface FrameProps<Written> {
  title: string;
  start?: Partial<Written>;
  /** Sends what was written; what it throws is said, and the fields stay as they are. */
  send: (written: Written) => Promise<unknown>;
  done: string | ((got: unknown) => string);
  close: () => void;
  children: ReactNode;
}

/** A dialogue with a form: it closes only once the server has what was written. */
function FormDialog<Written extends object>({ title, start = {}, send, done, close, children }: FrameProps<Written>) {
  const [form] = Form.useForm<Written>();
  const sending = useSaying({ mutationFn: send, outdates: [EMPLOYERS], done, onSuccess: close });
  return (
    <Modal open title={title} okText={texts.common.save} confirmLoading={sending.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={start} onFinish={(written: Written) => sending.mutate(written)}>
        {children}
      </Form>
    </Modal>
  );
}

const keptAs = (got: unknown) => words.kept[(got as { result: string }).result] ?? texts.common.saved;

type Visit = Omit<VisitForm, 'employer' | 'visited_on'> & { visited_on: Dayjs };

export function VisitDialog({ employer, close }: { employer: string; close: () => void }) {
  const { me } = useSession();
  const start = { visited_on: dayjs(), visitor: me.display_name, level: 'college' as const, college: me.college ?? '', posts_gained: 0 };
  const send = (visit: Visit) => keepVisit({ ...visit, employer, visited_on: iso(visit.visited_on), posts_gained: visit.posts_gained ?? 0 });
  return (
    <FormDialog<Visit> title={words.visit} start={start} send={send} done={keptAs} close={close}>
      <Form.Item name="visited_on" label={words.visitedOn} rules={[{ required: true, message: words.needDay }]}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="visitor" label={words.visitor} rules={[{ required: true, whitespace: true, min: 2, message: words.needVisitor }]}>
        <Input maxLength={LONGEST_NAME} />
      </Form.Item>
      <Form.Item name="level" label={words.level}>
        <Select options={choices(words.levels)} />
      </Form.Item>
      <Form.Item name="college" label={words.college}>
        <Input maxLength={LONGEST} />
      </Form.Item>
      <Form.Item name="posts_gained" label={words.gained}>
        <InputNumber min={0} max={MOST_POSTS} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Note />
    </FormDialog>
  );
}

type Wanted = Omit<NeedForm, 'employer' | 'needed_by'> & { needed_by?: Dayjs | null };

export function NeedDialog({ employer, close }: { employer: string; close: () => void }) {
  const send = ({ needed_by, headcount, ...need }: Wanted) => keepNeed({ ...need, employer, headcount: headcount ?? null, needed_by: needed_by ? iso(needed_by) : null });
  return (
    <FormDialog<Wanted> title={words.addNeed} send={send} done={keptAs} close={close}>
      <Form.Item name="post" label={words.post} rules={[{ required: true, whitespace: true, min: 2, message: words.needPost }]}>
        <Input maxLength={LONGEST_NAME} />
      </Form.Item>
      <Form.Item name="headcount" label={words.headcount}>
        <InputNumber min={1} max={MOST_POSTS} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="majors" label={words.majors}>
        <Input maxLength={LONGEST} />
      </Form.Item>
      <Form.Item name="degree" label={words.degree}>
        <Input maxLength={LONGEST} />
      </Form.Item>
      <Form.Item name="needed_by" label={words.neededBy}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Note />
    </FormDialog>
  );
}

export function CheckDialog({ id, close }: { id: number; close: () => void }) {
  const start = { what: 'site', outcome: 'ok' } as const;
  return (
    <FormDialog<EmployerCheckForm> title={words.check} start={start} send={(check) => keepCheck(id, check)} done={texts.common.saved} close={close}>
      <Form.Item name="what" label={words.what}>
        <Select options={choices(texts.postings.checks)} />
      </Form.Item>
      <Form.Item name="outcome" label={words.outcome}>
        <Select options={choices(texts.postings.checkOutcomes)} />
      </Form.Item>
      <Note />
    </FormDialog>
  );
}

export function LinkDialog({ need, postings, close }: { need: NeedView; postings: EmployerFileView['postings']; close: () => void }) {
  const options = postings.map((posting) => ({ value: posting.id, label: `${posting.title}（${texts.postings.statuses[posting.status]}）` }));
  return (
    <FormDialog<{ posting: number }> title={words.link} send={({ posting }) => linkPosting(need.id, posting)} done={keptAs} close={close}>
      <Form.Item name="posting" label={words.linkWhich} rules={[{ required: true, message: words.linkWhich }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
    </FormDialog>
  );
}

export function CandidateDialog({ need, close }: { need: NeedView; close: () => void }) {
  const options = need.postings.map((posting) => ({ value: posting.id, label: posting.title }));
  const send = (said: CandidateForm) => keepCandidate(need.id, { ...said, posting_id: said.posting_id ?? null });
  return (
    <FormDialog<CandidateForm> title={words.addCandidate} start={{ outcome: 'recommended' }} send={send} done={texts.common.saved} close={close}>
      <Form.Item name="reference" label={words.reference} extra={words.referenceHint} rules={[{ required: true, whitespace: true, message: words.needReference }]}>
        <Input maxLength={LONGEST_REFERENCE} />
      </Form.Item>
      <Form.Item name="outcome" label={words.outcome}>
        <Select options={choices(words.outcomes)} />
      </Form.Item>
      {options.length > 0 && (
        <Form.Item name="posting_id" label={words.through}>
          <Select allowClear options={options} />
        </Form.Item>
      )}
      <Note />
    </FormDialog>
  );
}

function Note() {
  return (
    <Form.Item name="note" label={words.fields.note}>
      <Input.TextArea rows={2} maxLength={LONGEST} />
    </Form.Item>
  );
}
