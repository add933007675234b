import type { Choice } from '../api/types';
import { texts } from '../texts';

interface Props {
  options: readonly Choice[];
  /** The session ended in which this was offered, so the server no longer takes these values. */
  over: boolean;
  onChoose: (choice: Choice) => void;
}

export function Choices({ options, over, onChoose }: Props) {
  if (options.length === 0) return null;
  return (
    <div class="choices" role="group" aria-label={over ? texts.choices.over : texts.choices.label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          class="choice"
          disabled={over && option.value.startsWith('/')}
          onClick={() => onChoose(option)}
        >
          {option.title}
        </button>
      ))}
    </div>
  );
}
