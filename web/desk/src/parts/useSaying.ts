import { useMutation, type UseMutationOptions, useQueryClient } from '@tanstack/react-query';
import { App as AntApp } from 'antd';

import { sentenceOf } from '../api/failure';

interface Saying<Given, Got> extends UseMutationOptions<Got, Error, Given> {
  /** Said when it was done. */
  done?: string | ((got: Got, given: Given) => string);
  /** What was read before and is old now. */
  outdates?: readonly (readonly unknown[])[];
}

/** A change that says how it ended: in green when it was done, in red why it was not. */
export function useSaying<Given = void, Got = unknown>({ done, outdates = [], ...options }: Saying<Given, Got>) {
  const { message } = AntApp.useApp();
  const queries = useQueryClient();
  return useMutation<Got, Error, Given>({
    ...options,
    onSuccess: async (got, given, result, context) => {
      await Promise.all(outdates.map((queryKey) => queries.invalidateQueries({ queryKey })));
      if (done) message.success(typeof done === 'function' ? done(got, given) : done);
      await options.onSuccess?.(got, given, result, context);
    },
    onError: (error, given, result, context) => {
      message.error(sentenceOf(error));
      return options.onError?.(error, given, result, context);
    },
  });
}
