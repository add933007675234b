import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { ReportView } from './schema';

export type { BreakdownView, FigureView, ReportView } from './schema';
export type PeriodKind = ReportView['period'];

/** The report of the period that `day` lies in. */
export function useReport(period: PeriodKind, day: string) {
  return useQuery({
    queryKey: ['report', period, day],
    queryFn: async () => (await brought(api.GET('/api/desk/reports/{period}', { params: { path: { period }, query: { from: day } } }))) as ReportView,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export const reportAddress = (period: PeriodKind, day: string) => `/api/desk/reports/${period}?from=${day}&format=csv`;
export const conversationsAddress = (first: string, last: string) => `/api/desk/reports/conversations?from=${first}&to=${last}`;
