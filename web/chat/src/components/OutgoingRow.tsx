import type { Outgoing } from '../state/store';
import { failureText, texts } from '../texts';
import { pictureTexts } from '../texts/risk';
import { FailedIcon } from './icons';
import { Row } from './MessageRow';
import { SentPicture } from './pictures/SentPicture';
import { TextBubble } from './TextBubble';

/** The user's message before the server has it: on its way, or waiting for another try. */
export function OutgoingRow({ outgoing, onRetry }: { outgoing: Outgoing; onRetry: (clientId: string) => void }) {
  const { failure, state } = outgoing;
  return (
    <Row side="right" speaker={texts.speakerMe} id={outgoing.clientId}>
      {outgoing.picture !== undefined ? (
        <SentPicture preview={outgoing.picture.preview} words="" />
      ) : (
        <TextBubble text={outgoing.shown} tone="mine" />
      )}
      <div class="delivery" data-state={state}>
        {state === 'sending' && <span>{outgoing.picture !== undefined ? pictureTexts.reading : texts.sending}</span>}
        {state === 'failed' && failure !== null && (
          <button type="button" class="retry" onClick={() => onRetry(outgoing.clientId)}>
            <FailedIcon />
            <span>
              {failure.detail ?? `${failureText(failure.reason, failure.retryAfter)}，`}
              {texts.notDelivered} <u>{texts.tapToRetry}</u>
            </span>
          </button>
        )}
      </div>
    </Row>
  );
}
