import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Table, Upload } from 'antd';
import { useState } from 'react';

import { CARE, importRoster, type Taken } from '../../api/care';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.graduates.roster;

/** Takes a roster in and says, line by line, what somebody should look at. */
export function RosterImport({ close }: { close: () => void }) {
  const [taken, setTaken] = useState<Taken | null>(null);
  const importing = useSaying({ mutationFn: importRoster, outdates: [CARE], onSuccess: setTaken });
  const choose = (file: File) => {
    importing.mutate(file);
    return false;
  };
  return (
    <Modal open width={720} title={words.title} footer={null} onCancel={close}>
      <p>{words.hint}</p>
      <Upload accept=".csv,.xlsx" maxCount={1} showUploadList={false} beforeUpload={choose}>
        <Button type="primary" icon={<UploadOutlined />} loading={importing.isPending}>
          {words.choose}
        </Button>
      </Upload>
      {taken && (
        <div className="roster-report">
          <Alert type={taken.refused ? 'warning' : 'success'} showIcon title={words.done(taken.new, taken.updated, taken.unchanged, taken.refused)} />
          {taken.ignored.length > 0 && <p className="soft">{words.ignored(taken.ignored.join('、'))}</p>}
          {taken.rows.length > 0 && (
            <Table
              rowKey="line"
              size="small"
              dataSource={taken.rows}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[
                { title: words.line, dataIndex: 'line', width: 64 },
                { title: words.name, dataIndex: 'name' },
                { title: words.result, dataIndex: 'result', render: (result: string) => words.results[result] ?? result },
                { title: words.note, dataIndex: 'note' },
              ]}
            />
          )}
        </div>
      )}
    </Modal>
  );
}
