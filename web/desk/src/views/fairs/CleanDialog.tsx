import { passFairs, FAIRS, useCleanFairs } from '../../api/fairs';
import { texts } from '../../texts';
import { PassTogether } from '../postings/PassTogether';

/** Passes together the fairs that wait and in which nothing was found; each can be left out. */
export function CleanDialog({ close }: { close: () => void }) {
  const clean = useCleanFairs();
  const rows = clean.data?.items.map((item) => ({ id: item.id, said: [item.title, item.when, item.where].filter(Boolean).join(' · ') }));
  return <PassTogether words={texts.fairs} clean={{ ...clean, rows }} pass={passFairs} outdates={FAIRS} close={close} />;
}
