/** Records of persons: several rows stand for one person, so that cells count persons and not rows. */
import {
  code,
  count,
  Dataset,
  DatasetRow,
  defineEnum,
  Field,
  flag,
  idOf,
  instant,
  measure,
  money,
  One,
  oneOf,
  text,
} from "../../../src/declare";

export const DUTY = defineEnum(
  "TrialDuty",
  { zh: "职责", en: "Duty" },
  { GUARD: "值守", VISIT: "走访", CLEAN: "清洁" },
);

@Dataset({
  name: "shift",
  plural: "shifts",
  zh: "服务记录",
  en: "Shift",
  steward: "human-resources",
  key: ["shiftNo"],
  person: "personId",
  lawfulBasis: "duty",
  stricter: {
    code: "NOT_AGREED",
    zh: "本人未同意",
    en: "The person has not agreed",
    sharing: "NOT_SHARED",
    when: { field: "agreed", isNot: true },
  },
  follows: [
    { field: "agreed", through: "personId", reads: ["consented"], value: (p) => p.consented as boolean },
  ],
})
export class Shift extends DatasetRow {
  @Field({ type: code(), required: true, sharing: "CONDITIONAL", zh: "编号", en: "Number" })
  shiftNo: string;

  @Field({ type: idOf("person"), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "人员", en: "Person" })
  personId: string;

  @Field({ type: code(undefined, 12), sharing: "CONDITIONAL", zh: "地点代码", en: "Code of the place" })
  placeCode: string;

  @Field({ type: oneOf(DUTY), sharing: "CONDITIONAL", zh: "职责", en: "Duty" })
  duty: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", zh: "同意", en: "Agreed" })
  agreed: boolean;

  @Field({ type: count(-1000), sharing: "CONDITIONAL", zh: "积分", en: "Points" })
  points: number;

  @Field({ type: measure(), unit: "h", sharing: "CONDITIONAL", aggregateOpen: true, zh: "时长", en: "Hours" })
  hours: number;

  @Field({ type: money(), sharing: "CONDITIONAL", steward: "finance", zh: "补贴", en: "Allowance" })
  allowance: string;

  @Field({ type: instant(), sharing: "CONDITIONAL", zh: "开始时间", en: "Started at" })
  startedAt: string;

  @Field({
    type: text(200),
    sharing: "CONDITIONAL",
    personal: "PERSONAL",
    zh: "评语",
    en: "Remark",
    stricter: {
      code: "VISIT",
      zh: "走访",
      en: "A visit",
      sharing: "NOT_SHARED",
      when: {
        all: [
          { field: "duty", is: "VISIT" },
          { field: "points", missing: true },
        ],
      },
    },
  })
  comment: string;

  @One({ to: "person", here: "personId", zh: "人员", en: "Person" })
  person: unknown;

  @One({ to: "place", here: "placeCode", there: "code", zh: "地点", en: "Place" })
  place: unknown;
}
