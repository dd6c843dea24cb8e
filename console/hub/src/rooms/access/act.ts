// Taking a step: one mutation at a time; what the hub refuses is shown, and what was typed stays.
import { useState } from "react";
import { ask, Fault, type Variables } from "../../ask";

export interface Acting<T> {
  busy: boolean;
  fault: Fault | undefined;
  done: T | undefined;
  /** True where the hub did it. */
  take(mutation: string, variables: Variables): Promise<boolean>;
  forget(): void;
}

export function useAct<T = unknown>(): Acting<T> {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const [done, setDone] = useState<T>();
  const take = async (mutation: string, variables: Variables) => {
    setBusy(true);
    setFault(undefined);
    try {
      const { data, faults } = await ask<T>(mutation, variables);
      if (faults[0]) setFault(faults[0]);
      else setDone(data);
      return faults.length === 0;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      setFault(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, done, take, forget: () => setFault(undefined) };
}

/** A day of a date input is its first instant in Beijing. */
export const dayStart = (day: string) => `${day}T00:00:00+08:00`;

/** The time of a datetime-local input, as Beijing's clocks show it. */
export const clockTime = (text: string) => `${text.slice(0, 16)}:00+08:00`;
