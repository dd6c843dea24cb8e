// Invented persons: names that no person bears, numbers that pass every check and belong to nobody.
import { identityCheck } from "../../src/declare/code/identity-number";
import { type Day, dayOf, dayText, TODAY } from "./calendar";
import { hanzi } from "./row";
import type { Stream } from "./stream";

export type SexName = "FEMALE" | "MALE";

export interface Person {
  readonly name: string;
  readonly sex: SexName;
  readonly birth: Day;
}

const SURNAMES = (
  "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 " +
  "苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 武 任 郝 侯 白 康 史 段 雷 常 乔 温 牛 冀 欧阳 上官 司马 令狐"
).split(" ");

/** A surname, 某 and digits, as 张某〇三七一: nobody is called so, and the mask still keeps the surname. */
export function nameOf(stream: Stream): string {
  return `${stream.pick(SURNAMES)}某${hanzi(stream.digits(4))}`;
}

/** Somebody of an age between these, in whole years on the day that the city stands still. */
export function personOf(stream: Stream, least: number, most: number, women = 0.5): Person {
  return {
    name: nameOf(stream),
    sex: stream.chance(women) ? "FEMALE" : "MALE",
    birth: birthOf(stream, stream.whole(least, most)),
  };
}

function birthOf(stream: Stream, age: number): Day {
  const [year, month, date] = dayText(TODAY).split("-").map(Number) as [number, number, number];
  return dayOf(year - age, month, date) - stream.whole(0, 364);
}

/** The city's own code: where nobody is registered, so that no living person has such a number. */
const REGION = "140100";

/** 18 characters by GB 11643-1999, with a true check character behind an invented serial. */
export function identityNumberOf(stream: Stream, { birth, sex }: Pick<Person, "birth" | "sex">): string {
  const serial = stream.whole(0, 499) * 2 + (sex === "MALE" ? 1 : 0);
  const first17 = REGION + dayText(birth).replaceAll("-", "") + String(serial).padStart(3, "0");
  return first17 + identityCheck(first17);
}

/** Mobile numbers of one range, 154 0, by which all of them are recognised. */
export function mobileOf(stream: Stream): string {
  return `1540${stream.digits(7)}`;
}

/** Numbers of offices: the city's area code and one range, 2000, by which all of them are recognised. */
export function officePhoneOf(stream: Stream): string {
  return `0351-2000${stream.digits(3)}`;
}
