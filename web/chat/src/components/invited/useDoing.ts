import { useState } from 'preact/hooks';
import { failureFrom } from '../../api/failure';
import { invitedTexts } from '../../texts/invited';

/** Something sent to the server: whether it is under way, and the line that tells how it ended, in the server's own words where it has some. */
export function useDoing(look: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState('');
  const run = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      await look();
      setNote(done);
      return true;
    } catch (error) {
      setNote(failureFrom(error).detail ?? invitedTexts.failed);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, note, run };
}
