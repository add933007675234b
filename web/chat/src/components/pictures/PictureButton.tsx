import { useRef } from 'preact/hooks';
import { pictureTexts } from '../../texts/risk';
import { PictureIcon } from '../icons';

/** Opens the phone's album or the file chooser. */
export function PictureButton({ onChoose }: { onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="picture-button"
        aria-label={pictureTexts.button}
        title={pictureTexts.hint}
        onClick={() => input.current?.click()}
      >
        <PictureIcon />
      </button>
      <input
        type="file"
        accept="image/*"
        hidden
        ref={input}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // Choosing the same file again, after a change of mind, should count as well.
          event.currentTarget.value = '';
          if (file !== undefined) onChoose(file);
        }}
      />
    </>
  );
}
