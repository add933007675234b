/** Dates and times as a reader in China expects them. Every function returns the input where it is not a date. */

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

const dayFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, year: 'numeric', month: 'numeric', day: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false });

/** `2026-12-01` → `2026年12月1日`. */
export function longDate(value: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (match === null) return value;
  return `${match[1]}年${Number(match[2])}月${Number(match[3])}日`;
}

/** `今天 14:05`, `明天 09:00`, `12月3日 09:00`, `2027年1月3日 09:00`. */
export function moment(value: string, now: Date): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return `${dayName(date, now)} ${timeFormat.format(date)}`;
}

/** Today only the time; otherwise the day as well. */
export function stamp(value: string, now: Date): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  return dayName(date, now) === '今天' ? timeFormat.format(date) : moment(value, now);
}

/** `12月20日` in the year of `now`, `2027年1月3日` in another. The value is a date without a time. */
export function shortDate(value: string, now: Date): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (match === null) return value;
  return Number(match[1]) === parts(now)[0] ? `${Number(match[2])}月${Number(match[3])}日` : longDate(value);
}

/** Days from today in China to the date `value` (below 0: gone by); null for what is no date. */
export function daysUntil(value: string, now: Date): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.slice(0, 10));
  if (match === null) return null;
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS;
  return Number.isFinite(day) ? Math.round(day) - dayNumber(now) : null;
}

/** The date in China at a moment, as `2026-12-01`; an empty text for what is no moment. */
export function dayIn(value: string | Date): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  const [year, month, day] = parts(date);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The hour and minute in China, `14:05`; an empty text for what is no moment. */
export function timeIn(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : timeFormat.format(date);
}

function dayName(date: Date, now: Date): string {
  const days = dayNumber(date) - dayNumber(now);
  if (days === 0) return '今天';
  if (days === 1) return '明天';
  if (days === -1) return '昨天';
  const [year, month, day] = parts(date);
  return year === parts(now)[0] ? `${month}月${day}日` : `${year}年${month}月${day}日`;
}

function dayNumber(date: Date): number {
  const [year, month, day] = parts(date);
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

function parts(date: Date): [number, number, number] {
  const found = new Map(dayFormat.formatToParts(date).map((part) => [part.type, part.value]));
  return [Number(found.get('year')), Number(found.get('month')), Number(found.get('day'))];
}
