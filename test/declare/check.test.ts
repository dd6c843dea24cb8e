// The published samples of the code standards, made-up ones beside them, and what each check must refuse.
import { checks, masked } from "../../src/declare/check";
import { creditCheck, creditCodeOf, innerCheck } from "../../src/declare/code/credit-code";
import { communitySegment, streetSegment } from "../../src/declare/code/division-code";
import {
  ageOn,
  birthDateOf,
  identityCheck,
  identityNumberProblem,
  sexOf,
} from "../../src/declare/code/identity-number";

const REAL_CREDIT_CODES = [
  "91330100799655058B",
  "914403001922038216",
  "9144030071526726XG",
  "91110000802100433B",
];
const SYNTHETIC_CREDIT_CODES = [
  "51140100MJ000000XH",
  "52140105MJ0000018N",
  "53140000MJ00000261",
  "111401000000000008",
  "N2140121MF0000005R",
  "54140121ME0000001N",
  "55140105ME000001X6",
];
const IDENTITY_NUMBERS = [
  "11010519491231002X",
  "440524188001010014",
  "140105199003074515",
  "140121201212310035",
];

function problem(check: string, text: string): string | undefined {
  const found = checks.get(check);
  if (!found) throw new Error(`no check is named ${check}`);
  return found(text);
}

describe("a unified social credit code", () => {
  test.each([...REAL_CREDIT_CODES, ...SYNTHETIC_CREDIT_CODES])("%s is accepted", (text) => {
    expect(problem("creditCode", text)).toBeUndefined();
    expect(problem("creditOrFiling", text)).toBeUndefined();
  });

  test("with any one character changed is refused", () => {
    const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (const text of [...REAL_CREDIT_CODES, ...SYNTHETIC_CREDIT_CODES])
      for (let i = 0; i < 18; i++)
        for (const c of alphabet)
          if (c !== text[i])
            expect(problem("creditCode", text.slice(0, i) + c + text.slice(i + 1))).toBeDefined();
  });

  test("is refused where only the inner check is wrong", () => {
    const inner = "91110000802100430";
    expect(innerCheck(inner.slice(8, 16))).toBe("3");
    expect(problem("creditCode", inner + creditCheck(inner))).toMatch(/第 17 位/);
  });

  test.each([
    "",
    "9111000080210043",
    "91110000802100433b",
    "9111000O802100433B",
    " 91110000802100433B",
    "B1110000802100433B",
  ])("is refused as %p", (text) => expect(problem("creditCode", text)).toBeDefined());

  test("is made with both checks", () => {
    expect(creditCodeOf("52", "140105", "MJ000001")).toBe("52140105MJ0000018N");
    expect(creditCodeOf("53", "140000", "MJ000002")).toBe("53140000MJ00000261");
  });

  test("may be a filing number only where the field says so", () => {
    expect(problem("creditOrFiling", "备案-140105001000-0007")).toBeUndefined();
    expect(problem("creditCode", "备案-140105001000-0007")).toBeDefined();
    expect(problem("creditOrFiling", "备案-140105001-0007")).toBeDefined();
  });
});

describe("an identity number", () => {
  test.each(IDENTITY_NUMBERS)("%s is accepted", (text) => expect(problem("idNumber", text)).toBeUndefined());

  test("with any one digit changed is refused", () => {
    for (const text of IDENTITY_NUMBERS)
      for (let i = 0; i < 18; i++)
        for (const c of "0123456789X")
          if (c !== text[i])
            expect(problem("idNumber", text.slice(0, i) + c + text.slice(i + 1))).toBeDefined();
  });

  test.each([
    ["a day that does not exist", "14010520230229001"],
    ["the thirteenth month", "14010519901301001"],
    ["the zeroth day", "14010519900100001"],
  ])("born on %s is refused, with a right check character too", (_, first17) => {
    expect(problem("idNumber", first17 + identityCheck(first17))).toMatch(/第 7 至 14 位/);
  });

  test("born on 29 February of a leap year is accepted", () => {
    const first17 = "14010520240229001";
    expect(problem("idNumber", first17 + identityCheck(first17))).toBeUndefined();
  });

  test("born tomorrow is refused, born today accepted", () => {
    const first17 = "14010520260301002";
    const text = first17 + identityCheck(first17);
    expect(identityNumberProblem(text, "2026-02-28")).toMatch(/将来/);
    expect(identityNumberProblem(text, "2026-03-01")).toBeUndefined();
  });

  test("tells date of birth, sex and age", () => {
    expect(birthDateOf("140121201212310035")).toBe("2012-12-31");
    expect(sexOf("140121201212310035")).toBe("MALE");
    expect(sexOf("11010519491231002X")).toBe("FEMALE");
    expect(ageOn("2012-12-31", "2026-12-30")).toBe(13);
    expect(ageOn("2012-12-31", "2026-12-31")).toBe(14);
  });

  test("with a small x is told to use the capital", () => {
    expect(problem("idNumber", "11010519491231002x")).toMatch(/大写/);
  });
});

describe("a division code", () => {
  test.each(["140000000000", "140100000000", "140105000000", "140105001000", "140105001001", "140171406498"])(
    "%s is accepted",
    (text) => expect(problem("division", text)).toBeUndefined(),
  );

  test.each([
    "140105",
    "14010500100",
    "1401050010011",
    "14010500100A",
    "140105000001",
    "140000001000",
    "001400000000",
  ])("%s is refused", (text) => expect(problem("division", text)).toBeDefined());

  test("tells the kind of its street and community", () => {
    expect(["140105001000", "140105100000", "140105201000", "140171401000"].map(streetSegment)).toEqual([
      "SUBDISTRICT",
      "TOWN",
      "TOWNSHIP",
      "SIMILAR",
    ]);
    expect(
      ["140105001001", "140105001199", "140105001200", "140105001399", "140171406498"].map(communitySegment),
    ).toEqual(["RESIDENTS", "RESIDENTS", "VILLAGERS", "VILLAGERS", "SIMILAR"]);
    expect(streetSegment("140105000000")).toBeUndefined();
    expect(communitySegment("140105001000")).toBeUndefined();
  });

  test("stands in nodes, department codes and facility codes", () => {
    expect(problem("divisionNode", "STATISTICS/2023/140109009000")).toBeUndefined();
    expect(problem("divisionNode", "140109009000")).toBeDefined();
    expect(problem("departmentCode", "civil-affairs@140105000000")).toBeUndefined();
    expect(problem("departmentCode", "CIVIL_AFFAIRS@140105000000")).toBeDefined();
    expect(problem("departmentCode", "civil-affairs@140105")).toBeDefined();
    expect(problem("facilityCode", "1401050010010001")).toBeUndefined();
    expect(problem("facilityCode", "1401050000010001")).toBeDefined();
  });
});

describe("a telephone number", () => {
  test.each(["13800001234", "19912345678"])("%s is a mobile number", (text) =>
    expect(problem("phone", text)).toBeUndefined(),
  );
  test.each(["12800001234", "1380000123", "138000012345", "+8613800001234", "0351-7654321", "1.38E+10"])(
    "%s is none",
    (text) => expect(problem("phone", text)).toBeDefined(),
  );
  test.each(["0351-7654321", "010-87654321", "12345", "13800001234"])("%s may be an office's", (text) =>
    expect(problem("officePhone", text)).toBeUndefined(),
  );
  test.each(["7654321", "0351 7654321", ""])("%p may not", (text) =>
    expect(problem("officePhone", text)).toBeDefined(),
  );
});

test("no problem's text contains the value", () => {
  const values = [
    "140105199003074516",
    "14010519900307451",
    "13800001234567",
    "91110000802100433A",
    "备案-1401-1",
    "张三丰",
    "140105000001",
    "civil-affairs@1401",
    "STATISTICS/140105001000",
    "0351-12",
    "ab",
  ];
  for (const [name, check] of checks)
    for (const value of values) {
      const text = check(value);
      if (text?.includes(value)) throw new Error(`${name} repeats the value`);
      if (text) expect(text).toMatch(/^[^。]*[\u4e00-\u9fff][^。]*。[A-Z].*[^.]$/u);
    }
});

describe("masked", () => {
  test("keeps three and four of a phone, one and one of an identity number", () => {
    expect(masked("PHONE", "13812341234")).toBe("138****1234");
    expect(masked("ID_NUMBER", "11010519491231002X")).toBe("1****************X");
  });

  test("shows nothing of a text too short to hide anything", () => {
    expect(masked("PHONE", "1381234")).toBe("*******");
    expect(masked("ID_NUMBER", "12")).toBe("**");
  });

  test("keeps the surname, also one of two characters, and not the length of the name", () => {
    expect(masked("NAME", "张三")).toBe("张*");
    expect(masked("NAME", "张三丰")).toBe("张*");
    expect(masked("NAME", "欧阳锋")).toBe("欧阳*");
    expect(masked("NAME", "欧阳")).toBe("欧*");
    expect(masked("NAME", "𠮷田")).toBe("𠮷*");
    expect(masked("NAME", "")).toBe("*");
  });

  test.each([
    ["太原市小店区坞城街道师范街社区3号楼2单元501室", "太原市小店区坞城街道师范街社区***"],
    ["太原市小店区坞城街道建设南路12号", "太原市小店区坞城街道***"],
    ["太原市小店区阳光小区8号楼", "太原市小店区***"],
    ["阳光小区8号楼师范街社区", "***"],
    ["建设南路12号", "***"],
  ])("keeps an address to the community: %s", (address, kept) =>
    expect(masked("ADDRESS", address)).toBe(kept),
  );
});
