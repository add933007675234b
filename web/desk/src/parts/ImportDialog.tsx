import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Table, type TableColumnsType, Upload } from 'antd';
import { type ReactNode, useState } from 'react';

import { useSaying } from './useSaying';

export interface ImportedRow {
  line: number;
  name: string;
  result: string;
  note: string;
}

/** What became of a file: how many rows were refused, and those that somebody should look at. */
interface Imported {
  refused: number;
  rows: ImportedRow[];
}

interface Props<Got extends Imported> {
  words: { title: string; hint: string; choose: string; line: string; note: string };
  width: number;
  /** The endings of the files that can be taken. */
  accept: string;
  take: (file: File) => Promise<Got>;
  outdates: readonly unknown[];
  /** What became of the file, in one sentence. */
  summary: (got: Got) => string;
  /** What is to be said besides, above the rows. */
  remark?: (got: Got) => ReactNode;
  /** What is told of a row between its line and its note. */
  columns: TableColumnsType<ImportedRow>;
  /** The class of what is told in the end. */
  report: string;
  close: () => void;
}

/** Takes a file in and says, line by line, what somebody should look at. */
export function ImportDialog<Got extends Imported>({ words, width, accept, take, outdates, summary, remark, columns, report, close }: Props<Got>) {
  const [got, setGot] = useState<Got | null>(null);
  const importing = useSaying({ mutationFn: take, outdates: [outdates], onSuccess: setGot });
  const choose = (file: File) => {
    importing.mutate(file);
    return false;
  };
  return (
    <Modal open width={width} title={words.title} footer={null} onCancel={close}>
      <p>{words.hint}</p>
      <Upload accept={accept} maxCount={1} showUploadList={false} beforeUpload={choose}>
        <Button type="primary" icon={<UploadOutlined />} loading={importing.isPending}>
          {words.choose}
        </Button>
      </Upload>
      {got && (
        <div className={report}>
          <Alert type={got.refused ? 'warning' : 'success'} showIcon title={summary(got)} />
          {remark?.(got)}
          {got.rows.length > 0 && (
            <Table
              rowKey="line"
              size="small"
              dataSource={got.rows}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[{ title: words.line, dataIndex: 'line', width: 64 }, ...columns, { title: words.note, dataIndex: 'note' }]}
            />
          )}
        </div>
      )}
    </Modal>
  );
}
