import { useSearchParams } from 'react-router';

interface Paged {
  page: number;
}

/** What a list is asked for, kept in the address; another wish begins at its first page. */
export function useWish<Wish extends Paged>(read: (params: URLSearchParams) => Wish) {
  const [params, setParams] = useSearchParams();
  const wish = read(params);
  const change = (changed: Partial<Wish>) => setParams(paramsOf({ ...wish, page: 1, ...changed }), { replace: true });
  return { wish, change };
}

function paramsOf({ page, ...asked }: Paged): URLSearchParams {
  const given: [string, unknown][] = Object.entries({ ...asked, page: page > 1 ? page : undefined });
  return new URLSearchParams(given.filter(([, value]) => Boolean(value)).map(([name, value]) => [name, String(value)]));
}
