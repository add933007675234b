import { useEffect, useRef } from 'preact/hooks';
import { dayAfterKey, weeksOf } from '../../text/month';
import { calendarTexts, eventTexts } from '../../texts/events';

interface Props {
  /** The chosen day; its month is shown. */
  day: string;
  today: string;
  labelledBy: string;
  countOn(day: string): number;
  onChoose(day: string): void;
}

/** A month as a table of buttons: one tab stop, arrow keys from day to day, as WAI-ARIA describes a grid of dates. */
export function MonthGrid({ day, today, labelledBy, countOn, onChoose }: Props) {
  const chosen = useRef<HTMLButtonElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (byKey.current) chosen.current?.focus();
    byKey.current = false;
  }, [day]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayAfterKey(day, event.key);
    if (next === null) return;
    event.preventDefault();
    byKey.current = true;
    onChoose(next);
  };

  return (
    <table class="month" role="grid" aria-labelledby={labelledBy} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {eventTexts.weekdays.map((name, index) => (
            <th key={name} scope="col" abbr={eventTexts.weekday(index)}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(day).map((week) => (
          <tr key={week[0]}>
            {week.map((date, index) => (
              <td key={date} role="gridcell" aria-selected={date === day}>
                <Day
                  date={date}
                  weekday={index}
                  count={countOn(date)}
                  outside={date.slice(0, 7) !== day.slice(0, 7)}
                  today={date === today}
                  gone={date < today}
                  tabIndex={date === day ? 0 : -1}
                  button={date === day ? chosen : null}
                  onChoose={() => onChoose(date)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  date: string;
  weekday: number;
  count: number;
  outside: boolean;
  today: boolean;
  gone: boolean;
  tabIndex: number;
  button: { current: HTMLButtonElement | null } | null;
  onChoose: () => void;
}

function Day({ date, weekday, count, outside, today, gone, tabIndex, button, onChoose }: DayProps) {
  const [, month = 0, number = 0] = date.split('-').map(Number);
  const name = eventTexts.weekdays[weekday] ?? '';
  return (
    <button
      type="button"
      class="day"
      ref={button}
      tabIndex={tabIndex}
      data-outside={outside}
      data-gone={gone}
      data-busy={count > 0}
      aria-current={today ? 'date' : undefined}
      aria-label={`${calendarTexts.day(month, number, name)}，${calendarTexts.count(count)}`}
      onClick={onChoose}
    >
      <span class="day-number" data-count={count > 0 ? calendarTexts.countShort(count) : ''}>
        {number}
      </span>
    </button>
  );
}
