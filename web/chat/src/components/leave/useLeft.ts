import { useEffect, useState } from 'preact/hooks';
import { fetchDuty } from '../../api/client';
import type { LeftQuestions, Waiting } from '../../state/left';

const LOOK_EVERY_MS = 600_000;

export function useLeft(left: LeftQuestions): readonly Waiting[] {
  const [items, setItems] = useState(left.list);
  useEffect(() => {
    const look = (): void => setItems(left.list());
    look();
    return left.subscribe(look);
  }, [left]);
  return items;
}

/** The moment at which somebody is next at the desk; null while somebody is, or where nobody can say. */
export function useNextDuty(): string | null {
  const [next, setNext] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => {
      fetchDuty().then(
        (duty) => setNext(duty.on_duty ? null : duty.next_duty),
        () => setNext(null),
      );
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return next;
}
