import { useCallback, useRef, useState } from 'preact/hooks';
import { PICTURE_LIMIT, PictureRefused, prepared, type ReadyPicture } from '../../state/picture';
import { sizeText } from '../../text/size';
import { pictureTexts } from '../../texts/risk';

export interface PictureChoice {
  picture: ReadyPicture | null;
  /** What there is to say about it: being prepared, ready, or why it is not taken. */
  note: string;
  failed: boolean;
  choose(file: File): void;
  drop(): void;
}

/** The picture that waits in the composer to be sent. */
export function usePicture(): PictureChoice {
  const [picture, setPicture] = useState<ReadyPicture | null>(null);
  const [note, setNote] = useState('');
  const [failed, setFailed] = useState(false);
  const turn = useRef(0);

  const tell = (text: string, bad: boolean): void => {
    setNote(text);
    setFailed(bad);
  };

  const choose = useCallback((file: File): void => {
    turn.current += 1;
    const mine = turn.current;
    setPicture(null);
    tell(pictureTexts.preparing, false);
    prepared(file).then(
      (ready) => {
        // Another one was chosen, or this one dropped, while it was being prepared.
        if (turn.current !== mine) return;
        setPicture(ready);
        tell(pictureTexts.ready(sizeText(ready.blob.size)), false);
      },
      (error: unknown) => {
        if (turn.current === mine) tell(refusalOf(error), true);
      },
    );
  }, []);

  const drop = useCallback((): void => {
    turn.current += 1;
    setPicture(null);
    tell('', false);
  }, []);

  return { picture, note, failed, choose, drop };
}

function refusalOf(error: unknown): string {
  if (!(error instanceof PictureRefused) || error.reason === 'unreadable') return pictureTexts.unreadable;
  if (error.reason === 'not_picture') return pictureTexts.notPicture;
  return pictureTexts.tooLarge(sizeText(error.size), sizeText(PICTURE_LIMIT));
}
