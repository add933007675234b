import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Select, Spin } from 'antd';

import { api, brought } from '../../api/client';
import type { Duties } from '../../api/schema';
import { useLabels } from '../../api/tickets';
import { LoadFailure } from '../../parts/LoadFailure';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.people.duties;
const MOST_AT_ONCE = 100;
const at = (id: number) => ({ params: { path: { staff_id: id } } });

/** Which requests are offered to somebody first, and how many at once. */
export function DutiesForm({ staffId }: { staffId: number }) {
  const key = ['duties', staffId];
  const duties = useQuery({ queryKey: key, queryFn: () => brought(api.GET('/api/desk/staff/{staff_id}/duties', at(staffId))), staleTime: 0 });
  const labels = useLabels();
  const saving = useSaying({
    mutationFn: (body: Duties) => brought(api.PUT('/api/desk/staff/{staff_id}/duties', { ...at(staffId), body })),
    outdates: [key],
    done: texts.people.saved,
  });
  if (duties.isLoadingError) return <LoadFailure error={duties.error} again={() => void duties.refetch()} />;
  if (duties.isPending) return <Spin />;
  const save = ({ categories, cohorts, capacity }: Duties) => saving.mutate({ categories: categories ?? [], cohorts: (cohorts ?? []).map(Number), capacity: capacity ?? MOST_AT_ONCE });
  return (
    <Form layout="vertical" initialValues={duties.data} onFinish={save}>
      <p className="soft">{words.hint}</p>
      <Form.Item name="categories" label={words.categories}>
        <Select mode="multiple" options={(labels.data?.categories ?? []).map((name) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="cohorts" label={words.cohorts}>
        <Select mode="tags" placeholder="2027" />
      </Form.Item>
      <Form.Item name="capacity" label={words.capacity}>
        <InputNumber min={1} max={MOST_AT_ONCE} />
      </Form.Item>
      <Button htmlType="submit" loading={saving.isPending}>
        {words.save}
      </Button>
    </Form>
  );
}
