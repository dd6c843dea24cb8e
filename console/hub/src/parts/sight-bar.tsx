// The fields of a dataset as a bar, as long for each level as it has fields; the same figures stand beside it in words.
import { say } from "../../../session/language";
import type { Sight } from "../sight";
import { LEVEL_ORDER, levelWord } from "../words";

export function SightBar({ sight }: { sight: Sight }) {
  const levels = [...LEVEL_ORDER].reverse().filter((level) => sight.counts[level] > 0);
  return (
    <div className="hub-sight">
      <div className="hub-sight-bar" aria-hidden>
        {levels.map((level) => (
          <i key={level} data-level={level} style={{ flexGrow: sight.counts[level] }} />
        ))}
      </div>
      <p className="hub-quiet">
        {levels.map((level) => `${levelWord(level)} ${sight.counts[level]}`).join(say("，", ", "))}
        {sight.partly && say("；因属地或记录而不同", "; differs by territory or row")}
      </p>
    </div>
  );
}
