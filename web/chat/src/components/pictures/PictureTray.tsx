import { pictureTexts } from '../../texts/risk';
import { CloseIcon } from '../icons';
import type { PictureChoice } from './usePicture';

/** Above the field: the picture that will be sent, or why it cannot be. */
export function PictureTray({ choice, onDrop }: { choice: PictureChoice; onDrop: () => void }) {
  const { picture, note, failed } = choice;
  return (
    <div class="picture-tray" data-open={note !== ''}>
      {picture !== null && <img class="picture-thumb" src={picture.preview} alt={pictureTexts.preview} />}
      <div class="picture-said">
        <p role="status" class={failed ? 'picture-failed' : ''}>
          {note}
        </p>
        {picture !== null && <p class="picture-privacy">{pictureTexts.privacy}</p>}
      </div>
      {note !== '' && (
        <button type="button" class="icon-button" aria-label={pictureTexts.remove} onClick={onDrop}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
