/** The demo's departments: the ones a visitor may be, each with what it may ask for. */
import type { DemoIssuer } from "./demo-issuer";
import type { Duty } from "./identity";
import type { Purpose, RightsStore } from "./rights-store";

export interface DemoDepartment {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const city = (kind: string, zh: string, en: string): DemoDepartment => ({
  code: `${kind}@140100000000`,
  zh,
  en,
});

export const DEMO_DEPARTMENTS: readonly DemoDepartment[] = [
  city("civil-affairs", "太原市民政局", "Taiyuan civil affairs bureau"),
  city("finance", "太原市财政局", "Taiyuan finance bureau"),
  city("human-resources", "太原市人力资源和社会保障局", "Taiyuan human resources bureau"),
  city("housing", "太原市住房和城乡建设局", "Taiyuan housing and construction bureau"),
  city("planning", "太原市规划和自然资源局", "Taiyuan planning and natural resources bureau"),
  city("justice", "太原市司法局", "Taiyuan justice bureau"),
  city("big-data", "太原市大数据应用局", "Taiyuan big-data bureau"),
  city("youth-league", "共青团太原市委员会", "Taiyuan youth league"),
  city("audit", "太原市审计局", "Taiyuan audit bureau"),
  city("real-estate", "太原市房产管理局", "Taiyuan real-estate bureau"),
  { code: "civil-affairs@140105000000", zh: "小店区民政局", en: "Xiaodian district civil affairs bureau" },
  { code: "street-office@140105001000", zh: "坞城街道办事处", en: "Wucheng street office" },
  { code: "committee@140105001001", zh: "师范街社区居委会", en: "Shifanjie community, residents' committee" },
];

/** Two people of each department: one files and keeps data, the other approves what goes out and decides what comes in. */
const STAFF: readonly Duty[] = ["read", "steward"];
const HEAD: readonly Duty[] = ["read", "approve", "decide"];

export interface DemoIdentity extends DemoDepartment {
  readonly token: string;
  /** Of its head of sharing, who approves and decides requests. */
  readonly head: string;
  /** Purposes for which the department holds a grant. */
  readonly purposes: readonly Purpose[];
}

/** Each demo department with fresh tokens, for the switcher of GraphiQL. */
export async function demoIdentities(issuer: DemoIssuer, store: RightsStore): Promise<DemoIdentity[]> {
  const [{ grants }, purposes] = await Promise.all([store.current(), store.purposes()]);
  return Promise.all(
    DEMO_DEPARTMENTS.map(async (department) => {
      const own = new Set(grants.filter((g) => g.department === department.code).map((g) => g.purpose));
      return {
        ...department,
        token: await issuer.sign({ department: department.code, duties: STAFF }),
        head: await issuer.sign({
          department: department.code,
          duties: HEAD,
          subject: `demo.${department.code}.head`,
        }),
        purposes: [...purposes.values()].filter((p) => own.has(p.code)),
      };
    }),
  );
}
