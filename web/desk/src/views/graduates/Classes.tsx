import { Table } from 'antd';

import { type ClassView, type Load, useClasses, useLoad } from '../../api/care';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';

const words = texts.graduates;
const share = (part: number, all: number) => `${part} / ${all}`;

/** How complete the files of each class are. */
export function Classes() {
  const classes = useClasses();
  if (classes.isLoadingError) return <LoadFailure error={classes.error} again={() => void classes.refetch()} />;
  return (
    <Table<ClassView>
      rowKey={(one) => `${one.college}/${one.class_name}`}
      dataSource={classes.data ?? []}
      loading={classes.isPending}
      pagination={false}
      scroll={{ x: 640 }}
      columns={[
        { title: words.classes.college, dataIndex: 'college' },
        { title: words.classes.className, dataIndex: 'class_name' },
        { title: words.classes.graduates, dataIndex: 'graduates' },
        ...Object.entries(words.marks).map(([name, label]) => ({
          title: label,
          render: (_: unknown, one: ClassView) => share(one.clear[name] ?? 0, one.graduates),
        })),
        { title: words.classes.placed, render: (_, one) => share(one.placed, one.graduates) },
      ]}
    />
  );
}

/** How many graduates each helper has. */
export function Loads() {
  const load = useLoad();
  if (load.isLoadingError) return <LoadFailure error={load.error} again={() => void load.refetch()} />;
  return (
    <Table<Load>
      rowKey="helper"
      dataSource={load.data ?? []}
      loading={load.isPending}
      pagination={false}
      columns={[
        { title: words.load.helper, dataIndex: 'helper' },
        { title: words.load.graduates, dataIndex: 'graduates' },
      ]}
    />
  );
}
