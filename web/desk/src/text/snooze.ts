import type { Dayjs } from 'dayjs';

export type QuickName = 'hour' | 'afternoon' | 'tomorrow' | 'monday';

const AFTERNOON = 14;
const MORNING = 9;
const MONDAY = 1;

/** The moments for which requests are put off most; those that have passed today are left out. */
export function quickMoments(now: Dayjs): { name: QuickName; moment: Dayjs }[] {
  const at = (day: Dayjs, hour: number) => day.hour(hour).minute(0).second(0).millisecond(0);
  const days = (MONDAY + 7 - now.day()) % 7 || 7;
  const all: { name: QuickName; moment: Dayjs }[] = [
    { name: 'hour', moment: now.add(1, 'hour') },
    { name: 'afternoon', moment: at(now, AFTERNOON) },
    { name: 'tomorrow', moment: at(now.add(1, 'day'), MORNING) },
    { name: 'monday', moment: at(now.add(days, 'day'), MORNING) },
  ];
  return all.filter(({ moment }) => moment.isAfter(now));
}
