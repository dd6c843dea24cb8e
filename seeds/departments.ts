// The departments of the city: bureaus of the kinds that the regulation names, street offices, and all committees.
import type { Pool } from "pg";
import { v7 as uuid } from "uuid";
import { type Catalogue, scream } from "../src/declare";
import { DEMO_DEPARTMENTS } from "../src/identity/demo";
import { type Division, readDivisions } from "./data";

/** A row of the dataset `department`, by field names. */
export interface DepartmentSeed {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly level: string;
  readonly parentCode?: string;
  readonly massOrganization: boolean;
  readonly duties?: string;
  readonly territory: string;
  readonly source: string;
}

const CITY = "140100000000";
/** 140171 is an area of statistics, not a district: it has no bureaus of its own (data/SOURCES.md). */
const STATISTICAL_AREA = "140171000000";

const BUREAUS: Readonly<Record<string, string>> = {
  "civil-affairs": "民政局",
  finance: "财政局",
  "human-resources": "人力资源和社会保障局",
  housing: "住房和城乡建设局",
  "real-estate": "房产管理局",
  planning: "规划和自然资源局",
  health: "卫生健康委员会",
  "public-security": "公安局",
  justice: "司法局",
  "big-data": "大数据应用局",
  "development-reform": "发展和改革委员会",
  "urban-management": "城乡管理局",
  agriculture: "农业农村局",
  audit: "审计局",
  emergency: "应急管理局",
  "civility-office": "精神文明建设工作机构",
  statistics: "统计局",
  "social-work": "社会工作部",
};

const MASS_ORGANIZATIONS: Readonly<Record<string, string>> = {
  "trade-union": "总工会",
  "youth-league": "共青团",
  "womens-federation": "妇女联合会",
  "arts-federation": "文学艺术界联合会",
  "science-association": "科学技术协会",
  "industry-commerce": "工商业联合会",
  "disabled-persons": "残疾人联合会",
  "red-cross": "红十字会",
};

const DUTIES: Readonly<Record<string, string>> = {
  "civil-affairs": "负责对城乡社区治理工作的组织协调、指导、检查和考核（第五条）",
  "street-office": "承担城乡社区治理的具体工作，指导、支持和帮助居（村）民委员会开展工作（第四条）",
  committee: "依照法律法规协助做好与居民利益相关的社区公共服务、公共管理、公共安全等工作（第七条）",
};

const BY_KIND = "按条例第五条、第六条所列部门类别生成，名称为示意";
const BY_DIVISION = "按统计用区划代码（2023 年版）的区划名称生成";

export function departmentSeeds(divisions: readonly Division[] = readDivisions()): DepartmentSeed[] {
  const districts = divisions.filter((d) => d.level === "district" && d.code !== STATISTICAL_AREA);
  return [
    ...bureausAt(CITY, "太原市", "CITY"),
    ...districts.flatMap((d) => [government(d), ...bureausAt(d.code, d.name, "DISTRICT")]),
    ...divisions.filter((d) => d.level === "street").map(streetOffice),
    ...divisions.filter((d) => d.level === "community").map(committee),
  ];
}

type Facts = Pick<DepartmentSeed, "name" | "level" | "territory" | "source"> & Partial<DepartmentSeed>;

function department(kind: string, facts: Facts): DepartmentSeed {
  return {
    code: `${kind}@${facts.territory}`,
    kind: scream(kind.replaceAll("-", "_")),
    massOrganization: Object.hasOwn(MASS_ORGANIZATIONS, kind),
    duties: DUTIES[kind],
    ...facts,
  };
}

/** What the city has, each district has too, under the one of the city. */
function bureausAt(territory: string, place: string, level: "CITY" | "DISTRICT"): DepartmentSeed[] {
  return Object.entries({ ...BUREAUS, ...MASS_ORGANIZATIONS }).map(([kind, name]) =>
    department(kind, {
      name:
        shownName(`${kind}@${territory}`) ??
        (kind === "youth-league" ? `${name}${place}委员会` : `${place}${name}`),
      level,
      territory,
      parentCode: level === "DISTRICT" ? `${kind}@${CITY}` : undefined,
      source: BY_KIND,
    }),
  );
}

function shownName(code: string): string | undefined {
  return DEMO_DEPARTMENTS.find((d) => d.code === code)?.zh;
}

function government(district: Division): DepartmentSeed {
  const { code: territory, name } = district;
  return department("county-government", {
    name: `${name}人民政府`,
    level: "DISTRICT",
    territory,
    source: BY_DIVISION,
  });
}

function streetOffice(street: Division): DepartmentSeed {
  const { code: territory, parent_code: district } = street;
  return department("street-office", {
    name: officeName(street),
    level: "STREET",
    territory,
    parentCode: district === STATISTICAL_AREA ? undefined : `county-government@${district}`,
    source: BY_DIVISION,
  });
}

/** Segments from 400 name areas of statistics without an office of this kind: their bodies get no official title. */
function officeName({ code, name }: Division): string {
  if (code.slice(6, 9) >= "400") return `${name}（统计用区域）管理机构`;
  return name.endsWith("街道") ? `${name}办事处` : `${name}人民政府`;
}

/** Committees govern themselves: streets guide them (Art. 4), no department stands above them. */
function committee({ code: territory, name }: Division): DepartmentSeed {
  return department("committee", { name, level: "COMMUNITY", territory, source: BY_DIVISION });
}

/** Registers the departments that are not registered yet. */
export async function seedDepartments(pool: Pool, catalogue: Catalogue): Promise<void> {
  const { table } = catalogue.dataset("department");
  const rows = departmentSeeds().map((seed) => ({
    id: uuid(),
    code: seed.code,
    name: seed.name,
    kind: seed.kind,
    level: seed.level,
    parent_code: seed.parentCode ?? null,
    mass_organization: seed.massOrganization,
    duties: seed.duties ?? null,
    territory: seed.territory,
    source: seed.source,
    version: 1,
    created_by: SEEDER,
    changed_by: SEEDER,
  }));
  const columns = Object.keys(rows[0] as object).join(", ");
  await pool.query(
    `INSERT INTO "${table}" (${columns}, created_at, changed_at)
     SELECT ${columns}, now(), now() FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb) AS new
      WHERE NOT EXISTS (SELECT FROM "${table}" AS old WHERE old.code = new.code)`,
    [JSON.stringify(rows)],
  );
}

/** Who recorded a row that came with the hub. */
const SEEDER = "hub:seed";
