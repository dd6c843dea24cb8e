// A day that is chosen, with its label.
import { Input } from "antd";
import { useId } from "react";

export function DayChoice({
  label,
  value,
  choose,
  max,
}: {
  label: string;
  value: string;
  choose(day: string): void;
  max?: string;
}) {
  const id = useId();
  return (
    <span className="hub-day">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="date"
        value={value}
        onChange={({ target }) => choose(target.value)}
        {...(max && { max })}
      />
    </span>
  );
}
