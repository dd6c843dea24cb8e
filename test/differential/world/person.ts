/** A dataset of persons: conditional, masked, encrypted, closed without consent or under fourteen. */
import {
  code,
  count,
  Dataset,
  DatasetRow,
  day,
  defineEnum,
  encrypted,
  Field,
  flag,
  idOf,
  instant,
  Many,
  measure,
  money,
  One,
  oneOf,
  text,
} from "../../../src/declare";

export const GENDER = defineEnum("TrialGender", { zh: "性别", en: "Gender" }, { MALE: "男", FEMALE: "女" });

@Dataset({
  name: "person",
  plural: "people",
  zh: "人员",
  en: "Person",
  steward: "civil-affairs",
  key: ["personNo"],
  lawfulBasis: "consent",
  stricter: {
    code: "NO_CONSENT",
    zh: "未同意或未满十四周岁",
    en: "Without consent, or under fourteen",
    sharing: "NOT_SHARED",
    when: {
      any: [
        { field: "consented", isNot: true },
        { field: "bornOn", ageBelow: 14 },
      ],
    },
  },
})
export class Person extends DatasetRow {
  @Field({
    type: code(),
    required: true,
    sharing: "CONDITIONAL",
    personal: "PERSONAL",
    zh: "编号",
    en: "Number",
  })
  personNo: string;

  @Field({
    type: text(40),
    mask: "NAME",
    sharing: "CONDITIONAL",
    personal: "PERSONAL",
    zh: "姓名",
    en: "Name",
  })
  fullName: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "电话", en: "Phone" })
  phone: string;

  @Field({
    type: encrypted("ID_NUMBER"),
    sharing: "NOT_SHARED",
    personal: "SENSITIVE",
    zh: "证件号",
    en: "Identity number",
  })
  idNumber: string;

  @Field({
    type: text(120),
    mask: "ADDRESS",
    sharing: "CONDITIONAL",
    personal: "PERSONAL",
    zh: "住址",
    en: "Address",
  })
  address: string;

  @Field({ type: oneOf(GENDER), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "性别", en: "Gender" })
  gender: string;

  @Field({ type: count(), coded: true, sharing: "CONDITIONAL", zh: "职级", en: "Grade" })
  grade: number;

  @Field({ type: measure(), unit: "h", sharing: "CONDITIONAL", zh: "时长", en: "Hours" })
  hours: number;

  @Field({ type: money(-1_000_000), sharing: "CONDITIONAL", steward: "finance", zh: "薪酬", en: "Pay" })
  pay: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "出生日期", en: "Born on" })
  bornOn: string;

  @Field({ type: instant(), sharing: "CONDITIONAL", zh: "加入时间", en: "Joined at" })
  joinedAt: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", zh: "同意", en: "Consented" })
  consented: boolean;

  @Field({ type: idOf("place"), sharing: "CONDITIONAL", zh: "所在地点", en: "Place" })
  placeId: string;

  @Field({ type: idOf("person"), sharing: "CONDITIONAL", zh: "导师", en: "Mentor" })
  mentorId: string;

  @One({ to: "place", here: "placeId", zh: "地点", en: "Place" })
  place: unknown;

  @One({ to: "person", here: "mentorId", zh: "导师", en: "Mentor" })
  mentor: unknown;

  @Many({ to: "person", there: "mentorId", zh: "学员", en: "Those mentored" })
  mentees: unknown;

  @Many({ to: "shift", there: "personId", zh: "服务", en: "Shifts" })
  shifts: unknown;
}
