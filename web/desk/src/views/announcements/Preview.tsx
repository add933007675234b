import type { Dayjs } from 'dayjs';

import { texts } from '../../texts';

const words = texts.announcements;

/** An announcement as the chat shows it: a notice across the conversation, with its title. */
export function Preview({ kind, text, until }: { kind: string; text: string; until: Dayjs | null }) {
  const said = text.trim();
  return (
    <section aria-label={words.preview}>
      <p className="soft">{words.preview}</p>
      <div className="chat-notice" data-kind={kind}>
        {said === '' ? (
          <span className="soft">{words.previewEmpty}</span>
        ) : (
          <>
            <strong>{words.chatTitles[kind]}</strong>
            <span>{until ? words.shown(said, kind, until.month() + 1, until.date()) : said}</span>
          </>
        )}
      </div>
    </section>
  );
}
