import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Table, Upload } from 'antd';
import { useState } from 'react';

import { EMPLOYERS, importTable, type TableTaken } from '../../api/employers';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.employers;

/** Takes a table in and says which rows could not be taken, and why. */
export function TableImport({ close }: { close: () => void }) {
  const [taken, setTaken] = useState<TableTaken | null>(null);
  const importing = useSaying({ mutationFn: importTable, outdates: [EMPLOYERS], onSuccess: setTaken });
  const choose = (file: File) => {
    importing.mutate(file);
    return false;
  };
  return (
    <Modal open width={640} title={words.importTitle} footer={null} onCancel={close}>
      <p>{words.importHint}</p>
      <Upload accept=".csv" maxCount={1} showUploadList={false} beforeUpload={choose}>
        <Button type="primary" icon={<UploadOutlined />} loading={importing.isPending}>
          {words.chooseFile}
        </Button>
      </Upload>
      {taken && (
        <div className="table-taken">
          <Alert
            type={taken.refused ? 'warning' : 'success'}
            showIcon
            title={words.taken(words.parts[taken.part], taken.new, taken.updated, taken.unchanged, taken.refused)}
          />
          {taken.rows.length > 0 && (
            <Table
              rowKey="line"
              size="small"
              dataSource={taken.rows}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[
                { title: words.line, dataIndex: 'line', width: 64 },
                { title: words.columns.name, dataIndex: 'name' },
                { title: words.note, dataIndex: 'note' },
              ]}
            />
          )}
        </div>
      )}
    </Modal>
  );
}
