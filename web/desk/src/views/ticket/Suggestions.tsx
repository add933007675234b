import { CloseOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';

import { useSuggestions } from '../../api/tickets';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { Citations, citationsOf } from './Citations';

const words = texts.ticket;

/** Replies that quote what holds today; what may not be used, such as expired text, is shown with the reason. */
export function Suggestions({ number, use, close }: { number: string; use: (text: string) => void; close: () => void }) {
  const suggestions = useSuggestions(number);
  return (
    <section className="suggesting" aria-label={words.suggestions}>
      <div className="reply-closed">
        <strong>{words.suggestions}</strong>
        <Button type="text" icon={<CloseOutlined />} aria-label={texts.common.close} onClick={close} />
      </div>
      {suggestions.isPending && <Spin />}
      {suggestions.isLoadingError && <LoadFailure error={suggestions.error} again={() => void suggestions.refetch()} />}
      {suggestions.data?.total === 0 && <p>{words.suggestionsEmpty}</p>}
      <ul className="suggestions">
        {suggestions.data?.items.map((suggestion, index) => (
          <li key={index} data-usable={suggestion.usable}>
            <div className="suggestion-head">
              <span className="soft">{suggestion.question}</span>
              {suggestion.usable && (
                <Button type="primary" onClick={() => use(suggestion.text)}>
                  {words.use}
                </Button>
              )}
            </div>
            {!suggestion.usable && <p className="suggestion-why">{`${words.notUsable}：${suggestion.why_not ?? ''}`}</p>}
            <p>{suggestion.text}</p>
            <Citations citations={citationsOf(suggestion.citations)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
