import dayjs, { type Dayjs } from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const CHINA = 8 * HOUR / MINUTE;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment on China's clocks, which promises and office hours are told in, wherever the browser stands. */
export function inChina(moment: string | number | Date): Dayjs {
  return dayjs(moment).utcOffset(CHINA);
}

/** A moment as it is said in a list: the hour today, else the day. */
export function shortMoment(iso: string, now: Date = new Date()): string {
  const moment = inChina(iso);
  const today = inChina(now);
  if (moment.isSame(today, 'day')) return moment.format('HH:mm');
  if (moment.isSame(today.subtract(1, 'day'), 'day')) return `昨天 ${moment.format('HH:mm')}`;
  return moment.format(moment.isSame(today, 'year') ? 'M月D日 HH:mm' : 'YYYY年M月D日');
}

/** A moment in full. */
export function fullMoment(iso: string): string {
  return inChina(iso).format('YYYY年M月D日 HH:mm');
}

/** The day of a date or of a moment. */
export function day(iso: string): string {
  return (DATE_ONLY.test(iso) ? dayjs(iso) : inChina(iso)).format('YYYY年M月D日');
}

/** Seconds as hours and minutes, such as 1小时05分; below a minute 不到1分钟. */
export function span(seconds: number): string {
  const total = Math.abs(seconds);
  if (total < MINUTE) return '不到1分钟';
  const hours = Math.floor(total / HOUR);
  const minutes = Math.floor((total % HOUR) / MINUTE);
  if (hours === 0) return `${minutes}分钟`;
  return minutes === 0 ? `${hours}小时` : `${hours}小时${String(minutes).padStart(2, '0')}分`;
}
