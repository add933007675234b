import { pictureTexts } from '../../texts/risk';
import { PictureIcon } from '../icons';
import { TextBubble } from '../TextBubble';

/** A picture that was sent: its thumbnail while the page still has one (nobody keeps the picture), and the words read from it. */
export function SentPicture({ preview, words }: { preview: string | null; words: string }) {
  return (
    <TextBubble text="" tone="mine">
      {preview !== null ? (
        <img class="sent-picture" src={preview} alt={pictureTexts.alt} />
      ) : (
        <p class="sent-picture-gone">
          <PictureIcon /> {pictureTexts.sent}
        </p>
      )}
      {words !== '' && (
        <details class="picture-words">
          <summary>{pictureTexts.words}</summary>
          <p class="bubble-text">{words}</p>
        </details>
      )}
    </TextBubble>
  );
}
