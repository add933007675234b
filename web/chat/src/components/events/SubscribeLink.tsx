import { useId, useRef, useState } from 'preact/hooks';
import { SERVER } from '../../api/server';
import { calendarTexts } from '../../texts/events';

/** The address that a calendar subscribes to. It names a city at most, and nothing of the reader. */
export function SubscribeLink({ city }: { city: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState('');
  const id = useId();
  const address = `${SERVER || window.location.origin}/api/events.ics${city === '' ? '' : `?city=${encodeURIComponent(city)}`}`;

  const copy = async (): Promise<void> => {
    setNote((await copied(address, field.current)) ? calendarTexts.copied : calendarTexts.copyFailed);
  };

  return (
    <section class="subscribe">
      <h3>{calendarTexts.subscribe}</h3>
      <p class="row-sub">{calendarTexts.subscribeHint}</p>
      <label class="sr-only" for={id}>
        {calendarTexts.address}
      </label>
      <input id={id} class="subscribe-address" ref={field} readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="chip" onClick={() => void copy()}>
        {calendarTexts.copy}
      </button>
      <span role="status" class="subscribe-note">
        {note}
      </span>
    </section>
  );
}

/** Where a page is served by plain http, browsers have no clipboard for it: there the old way copies what is selected. */
async function copied(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand('copy');
  }
}
