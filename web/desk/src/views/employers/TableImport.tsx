import { EMPLOYERS, importTable } from '../../api/employers';
import { ImportDialog } from '../../parts/ImportDialog';
import { texts } from '../../texts';

const words = texts.employers;

/** Takes a table in and says which rows could not be taken, and why. */
export function TableImport({ close }: { close: () => void }) {
  return (
    <ImportDialog
      words={{ title: words.importTitle, hint: words.importHint, choose: words.chooseFile, line: words.line, note: words.note }}
      width={640}
      accept=".csv"
      take={importTable}
      outdates={EMPLOYERS}
      summary={(taken) => words.taken(words.parts[taken.part], taken.new, taken.updated, taken.unchanged, taken.refused)}
      columns={[{ title: words.columns.name, dataIndex: 'name' }]}
      report="table-taken"
      close={close}
    />
  );
}
