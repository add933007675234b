import { passClean, POSTINGS, useClean } from '../../api/postings';
import { texts } from '../../texts';
import { PassTogether } from './PassTogether';

/** Passes together the postings that wait and in which nothing was found; each can be left out. */
export function CleanDialog({ close }: { close: () => void }) {
  const clean = useClean(true);
  const rows = clean.data?.items.map((item) => ({ id: item.id, said: [item.title, item.employer, item.cities.join('、')].filter(Boolean).join(' · ') }));
  return <PassTogether words={texts.postings} clean={{ ...clean, rows }} pass={passClean} outdates={POSTINGS} close={close} />;
}
