import { QueryClient } from '@tanstack/react-query';

import { Failure } from '../api/failure';

const ATTEMPTS = 2;

/** What was read from the server; events of the stream say when it is old (see `live`). */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: 'always',
      retry: (count, error) => count < ATTEMPTS && (!(error instanceof Failure) || error.mayPass),
    },
    // Never left waiting for the line to come back: whoever pressed a button hears at once that it did not go.
    mutations: { retry: false, networkMode: 'always' },
  },
});
