import { Input } from '@chatui/core/es/components/Input';
import { useId, useRef, useState } from 'preact/hooks';
import { pictureIn, type ReadyPicture } from '../state/picture';
import { limited, TEXT_LIMIT } from '../text/limit';
import { texts } from '../texts';
import { PictureButton } from './pictures/PictureButton';
import { PictureTray } from './pictures/PictureTray';
import { usePicture } from './pictures/usePicture';

const COUNTER_FROM = 1_500;

interface Props {
  onSend: (text: string) => void;
  onPicture: (picture: ReadyPicture) => void;
}

/**
 * Where the user writes: Enter sends, Shift+Enter breaks the line, an input method's Enter does neither. A picture, chosen or pasted,
 * waits above the field and goes out before the text.
 */
export function Composer({ onSend, onPicture }: Props) {
  const [text, setText] = useState('');
  const [dropped, setDropped] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const choice = usePicture();
  const empty = text.trim() === '';
  const nothing = empty && choice.picture === null;

  const change = (value: string): void => {
    const fitted = limited(value);
    setText(fitted.text);
    // The note stays until the text is short again, so that it is read before it goes.
    setDropped((before) => (fitted.dropped > 0 ? fitted.dropped : fitted.text.length < TEXT_LIMIT ? 0 : before));
    // ChatUI's field keeps what was typed while its value does not change.
    if (fitted.dropped > 0 && field.current !== null) field.current.value = fitted.text;
  };

  const send = (): void => {
    if (nothing) return;
    if (choice.picture !== null) onPicture(choice.picture);
    choice.drop();
    if (!empty) onSend(text.trim());
    change('');
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // 229 is what browsers report while an input method is composing; Safari ends the composition before this event.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent): void => {
    const picture = pictureIn(event.clipboardData);
    if (picture === null) return;
    event.preventDefault();
    choice.choose(picture);
  };

  const dropPicture = (): void => {
    choice.drop();
    field.current?.focus();
  };

  return (
    <form
      class="composer"
      onPaste={onPaste}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <PictureTray choice={choice} onDrop={dropPicture} />
      <div class="composer-row">
        <PictureButton onChoose={choice.choose} />
        <div class="composer-field">
          <Input
            className="Composer-input"
            ref={field as never}
            value={text}
            rows={1}
            maxRows={5}
            autoSize
            multiline
            enterKeyHint="send"
            placeholder={texts.placeholder}
            aria-label={texts.composer}
            aria-describedby={hint}
            onChange={change}
            onKeyDown={onKeyDown as never}
          />
        </div>
        <button type="submit" class="send" disabled={nothing}>
          {texts.send}
        </button>
      </div>
      <p class="composer-hint" id={hint} role="status">
        {dropped > 0 && <span class="composer-cut">{texts.tooLong(TEXT_LIMIT, dropped)} </span>}
        {text.length >= COUNTER_FROM && <span>{texts.counter(text.length, TEXT_LIMIT)}</span>}
      </p>
    </form>
  );
}
