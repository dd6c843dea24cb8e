// Audits of special funds; some funds of past years are not audited, some findings are still open.
import { type Line, linesOf } from "./budget";
import { fundSourceOf, holderOf, levelOf } from "./budget-lines";
import { dayOf, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { type Row, row, streamOf, yuan } from "./row";
import type { Stream } from "./stream";

export function* fundAudits(city: City): Generator<Row> {
  for (const place of city.places)
    for (const line of linesOf(city, place))
      if (
        line.purpose === "SPECIAL_FUND" &&
        line.year < 2026 &&
        streamOf("audited", place, line.year).chance(0.75)
      )
        yield auditRow(place, line);
}

function auditRow(place: Place, line: Line): Row {
  const stream = streamOf("fundAudit", place, line.number);
  const reported = dayOf(line.year + 1, 3, 1) + stream.whole(0, 200);
  const audited = line.allocations.reduce(
    (sum, { cents, paid }) => sum + (paid === undefined ? 0 : cents),
    0,
  );
  const findings = stream.chance(0.55) ? 0 : stream.whole(1, 5);
  const question = findings === 0 ? 0 : Math.floor(audited * stream.between(0.005, 0.12));
  const level = levelOf(place, line.purpose);
  return row("fundAudit", place, line.number, {
    auditNo: `SJ${place.code}${String(line.number).padStart(3, "0")}`,
    fund: `${place.shortName}社区惠民专项资金（合成）`,
    fundSource: fundSourceOf(line),
    level,
    year: line.year,
    budgetLineId: line.id,
    departmentCode: holderOf(place, line.purpose),
    auditor: level === "CITY" ? "太原市审计局" : `${place.district.name}审计局`,
    periodFrom: dayText(dayOf(line.year)),
    periodTo: dayText(dayOf(line.year, 12, 31)),
    opinion:
      findings > 3 ? stream.pick(["QUALIFIED", "ADVERSE"]) : findings > 0 ? "QUALIFIED" : "UNQUALIFIED",
    findings,
    amountAudited: yuan(audited),
    amountInQuestion: yuan(question),
    summary: findings === 0 ? "未发现问题（合成）" : `发现问题 ${findings} 项（合成）`,
    documentNo: `合成审报〔${line.year + 1}〕${stream.whole(1, 300)}号`,
    reportedAt: past(reported),
    disclosedAt: stream.chance(place.profile.openness) ? past(reported + stream.whole(10, 60)) : undefined,
    ...rectification(stream, findings, reported),
  });
}

function rectification(stream: Stream, findings: number, reported: number): Row {
  if (findings === 0) return { findingsRectified: 0 };
  const rectified = reported + stream.whole(20, 400);
  const all = rectified <= TODAY && stream.chance(0.8);
  return {
    findingsRectified: all ? findings : stream.whole(0, findings - 1),
    rectifyBy: dayText(reported + 60),
    rectifiedAt: all ? dayText(rectified) : undefined,
  };
}
