/** What a posting's card says of it, in words: pay, deadline, what it offers. */
import type { Posting, TraitName } from '../api/types';
import { postingTexts, traitNames } from '../texts/postings';
import { daysUntil, longDate, shortDate } from './format';

export interface Pay {
  main: string;
  /** What the text as written leaves to be worked out: yuan a month, salaries a year. */
  note: string;
}

/** The pay as written; a note in yuan a month where the writing is in 万, 千, K or by the year. */
export function payOf(posting: Posting): Pay {
  const text = (posting.salary_text ?? '').trim();
  const monthly = span(posting.salary_min, posting.salary_max, postingTexts.yuan);
  const daily = span(posting.day_min, posting.day_max, postingTexts.yuanADay);
  if (text === '') return { main: unwrittenPay(posting, monthly, daily), note: '' };
  const notes = [
    monthly !== null && !hasNumbers(text, posting.salary_min, posting.salary_max) ? monthlyOf(posting, monthly) : '',
    monthly === null && daily !== null && !/天|日/.test(text) ? daily : '',
    months(posting) !== null && !text.includes('薪') ? postingTexts.months(months(posting) as number) : '',
  ];
  return { main: text, note: notes.filter(Boolean).join(' · ') };
}

function unwrittenPay(posting: Posting, monthly: string | null, daily: string | null): string {
  if (monthly !== null) return postingTexts.monthly(monthly);
  if (daily !== null) return daily;
  return posting.negotiable ? postingTexts.negotiable : postingTexts.payUnknown;
}

/** A sum by the year divided by its months is rarely even. */
function monthlyOf(posting: Posting, sum: string): string {
  return posting.salary_period === 'year' ? postingTexts.monthlyAbout(sum) : postingTexts.monthly(sum);
}

function months(posting: Posting): number | null {
  const count = posting.salary_months ?? 12;
  return count > 12 ? count : null;
}

/** `8000–12000 元`, `8000 元起`, `不超过 12000 元`, or null where there is no sum; `unit` stands in the place of 元. */
function span(low: number | null | undefined, high: number | null | undefined, unit: string): string | null {
  if (typeof low === 'number' && typeof high === 'number') return low === high ? `${low} ${unit}` : `${low}–${high} ${unit}`;
  if (typeof low === 'number') return postingTexts.from(low, unit);
  return typeof high === 'number' ? postingTexts.upTo(high, unit) : null;
}

function hasNumbers(text: string, ...sums: (number | null | undefined)[]): boolean {
  const digits = text.replace(/[,，\s]/g, '');
  return sums.every((sum) => typeof sum !== 'number' || digits.includes(String(sum)));
}

export type Urgency = 'closed' | 'today' | 'soon' | 'later' | 'none';

export interface Deadline {
  label: string;
  urgency: Urgency;
}

const SOON_DAYS = 7;

/** When applications close, seen from `now`; a deadline's own day still counts. */
export function deadlineOf(posting: Posting, now: Date): Deadline {
  if (stateOf(posting) === 'withdrawn') return { label: postingTexts.withdrawn, urgency: 'closed' };
  const days = posting.deadline ? daysUntil(posting.deadline, now) : null;
  if (days === null) {
    if (stateOf(posting) === 'expired') return { label: postingTexts.closed, urgency: 'closed' };
    return { label: undatedDeadline(posting), urgency: 'none' };
  }
  const day = posting.deadline as string;
  if (days < 0) return { label: postingTexts.closedOn(longDate(day)), urgency: 'closed' };
  if (days === 0) return { label: postingTexts.closesToday, urgency: 'today' };
  if (days === 1) return { label: postingTexts.closesTomorrow, urgency: 'soon' };
  return { label: postingTexts.closesIn(shortDate(day, now), days), urgency: days <= SOON_DAYS ? 'soon' : 'later' };
}

function undatedDeadline(posting: Posting): string {
  if (posting.deadline_state === 'open') return postingTexts.openForLong;
  if (posting.deadline_state === 'until_filled') return postingTexts.untilFilled;
  return posting.deadline_text || posting.deadline || postingTexts.deadlineUnknown;
}

/** The state that the server gives, in one of three words; null where it says nothing of it. */
export function stateOf(posting: Posting): 'open' | 'expired' | 'withdrawn' | null {
  const status = posting.status ?? posting.detail?.status ?? null;
  if (status === null || status === '') return null;
  if (status === 'open' || status === 'published') return 'open';
  return status === 'expired' || status === 'closed' ? 'expired' : 'withdrawn';
}

export function isClosed(posting: Posting, now: Date): boolean {
  return deadlineOf(posting, now).urgency === 'closed';
}

export interface Offer {
  label: string;
  evidence: string;
}

const ORDER: readonly TraitName[] = ['weekends_off', 'no_overtime', 'housing', 'meals', 'hukou', 'tenured', 'remote', 'internship'];

/** What the posting says that it offers, in one order; what it denies or leaves open is no offer. */
export function offersOf(posting: Posting): Offer[] {
  const unsure = new Set((posting.uncertain ?? []).map((entry) => entry.condition));
  return ORDER.flatMap((name) => {
    const trait = posting.traits?.[name];
    return trait?.value === true && !unsure.has(name) ? [{ label: traitNames[name], evidence: trait.evidence ?? '' }] : [];
  });
}

/** City and district, the district only where it adds something. */
export function placeOf(posting: Posting): string {
  const city = posting.cities && posting.cities.length > 0 ? posting.cities.join('、') : (posting.city ?? '');
  const district = posting.district ?? '';
  if (district === '' || city.includes(district)) return city;
  return city === '' ? district : `${city} · ${district}`;
}

/** Only web addresses become links: a posting may carry anything. */
export function webAddress(address: string | null | undefined): string | null {
  const trimmed = (address ?? '').trim();
  return /^https?:\/\/[^\s"'<>]+$/i.test(trimmed) ? trimmed : null;
}
