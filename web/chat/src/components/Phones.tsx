import { phones } from '../texts';

/** The emergency numbers as links that dial. */
export function Phones() {
  return (
    <ul class="phones">
      {phones.map(({ number, name }) => (
        <li key={number}>
          <a href={`tel:${number}`} class="phone">
            <strong>{number}</strong>
            <span>{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
