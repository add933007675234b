import { phones } from '../texts';

interface Phone {
  number: string;
  label: string;
}

/** Numbers as links that dial: the emergency numbers, or those given. What is no number is shown and does not dial. */
export function Phones({ items = phones }: { items?: readonly Phone[] }) {
  return (
    <ul class="phones">
      {items.map(({ number, label }) => (
        <li key={number}>
          {/^\+?[\d-]{3,20}$/.test(number) ? (
            <a href={`tel:${number}`} class="phone">
              <strong>{number}</strong>
              <span>{label}</span>
            </a>
          ) : (
            <p class="phone">
              <strong>{number}</strong>
              <span>{label}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
