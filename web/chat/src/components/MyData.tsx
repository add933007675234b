import { useState } from 'preact/hooks';
import { texts } from '../texts';
import { usePage } from './page';

const RELEASE_AFTER_MS = 60_000;

/** The button that fetches the copy of one's own data, with the token in a header, and hands it to the browser as a file. */
export function MyData() {
  const { fetchMyData } = usePage();
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState('');

  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    try {
      save(await fetchMyData());
      setNote(texts.myData.saved);
    } catch {
      setNote(texts.myData.failed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <span class="my-data">
      <button type="button" class="chip" disabled={busy} onClick={() => void fetchIt()}>
        {texts.myData.fetch}
      </button>
      <span role="status">{note}</span>
    </span>
  );
}

function save(file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = texts.myData.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_AFTER_MS);
}
