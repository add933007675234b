import { CARE, importRoster } from '../../api/care';
import { ImportDialog } from '../../parts/ImportDialog';
import { texts } from '../../texts';

const words = texts.graduates.roster;

/** Takes a roster in and says, line by line, what somebody should look at. */
export function RosterImport({ close }: { close: () => void }) {
  return (
    <ImportDialog
      words={words}
      width={720}
      accept=".csv,.xlsx"
      take={importRoster}
      outdates={CARE}
      summary={(taken) => words.done(taken.new, taken.updated, taken.unchanged, taken.refused)}
      remark={(taken) => taken.ignored.length > 0 && <p className="soft">{words.ignored(taken.ignored.join('、'))}</p>}
      columns={[
        { title: words.name, dataIndex: 'name' },
        { title: words.result, dataIndex: 'result', render: (result: string) => words.results[result] ?? result },
      ]}
      report="roster-report"
      close={close}
    />
  );
}
