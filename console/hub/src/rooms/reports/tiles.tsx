// A map of tiles: one for each division, roughly where it lies, coloured by its figure. Not a map of boundaries.
import { say } from "../../../../session/language";
import { type Figure, FigureCell } from "../../parts/chart";
import { number } from "../../parts/time";

export interface Tile {
  code: string;
  name: string;
  figure: Figure;
  href: string;
}

/** Column and row of the districts of Taiyuan, north above; divisions that are not here stand in order of their codes. */
const PLACES: Readonly<Record<string, readonly [column: number, row: number]>> = {
  "140108000000": [3, 1],
  "140122000000": [4, 1],
  "140123000000": [1, 2],
  "140181000000": [2, 2],
  "140109000000": [3, 2],
  "140107000000": [4, 2],
  "140110000000": [3, 3],
  "140106000000": [4, 3],
  "140171000000": [3, 4],
  "140105000000": [4, 4],
  "140121000000": [3, 5],
};

const SHADES = 5;

const isNumber = (figure: Figure): figure is number => typeof figure === "number";

interface Scale {
  shadeOf(figure: number): number;
  /** Least and greatest of each shade that is in use. */
  steps: { shade: number; from: number; to: number }[];
}

/** As many places in each shade as can be, equal figures in the same one. */
function scaleOf(figures: readonly number[]): Scale {
  const sorted = [...new Set(figures)].sort((a, b) => a - b);
  const shadeOf = (figure: number) =>
    sorted.length === 1 ? 2 : Math.floor((sorted.indexOf(figure) / sorted.length) * SHADES);
  const steps = new Map<number, { shade: number; from: number; to: number }>();
  for (const figure of sorted) {
    const shade = shadeOf(figure);
    const step = steps.get(shade);
    steps.set(shade, { shade, from: step?.from ?? figure, to: figure });
  }
  return { shadeOf, steps: [...steps.values()] };
}

const toneOf = (figure: Figure, scale: Scale) =>
  isNumber(figure) ? `shade-${scale.shadeOf(figure)}` : (figure ?? "nothing");

function Legend({ tiles, scale }: { tiles: readonly Tile[]; scale: Scale }) {
  const has = (figure: Figure) => tiles.some((tile) => tile.figure === figure);
  const range = ({ from, to }: { from: number; to: number }) =>
    from === to ? number(from) : `${number(from)} – ${number(to)}`;
  return (
    <ul className="hub-legend" aria-label={say("图例", "Legend")}>
      {scale.steps.map((step) => (
        <li key={step.shade}>
          <i data-tone={`shade-${step.shade}`} /> {range(step)}
        </li>
      ))}
      {has("suppressed") && (
        <li>
          <i data-tone="suppressed" />
          {say("隐去：涉及人数太少，不是 0", "suppressed: too few persons, not 0")}
        </li>
      )}
      {has("withheld") && (
        <li>
          <i data-tone="withheld" />
          {say("未授权：来源未共享给本部门", "withheld: an input is not shared with you")}
        </li>
      )}
      {has(null) && (
        <li>
          <i data-tone="nothing" />
          {say("无数据：没有可见的记录", "no data: no visible row")}
        </li>
      )}
    </ul>
  );
}

export function TileMap({ tiles, unit, title }: { tiles: readonly Tile[]; unit?: string; title: string }) {
  const scale = scaleOf(tiles.map(({ figure }) => figure).filter(isNumber));
  const placed = tiles.some(({ code }) => PLACES[code]);
  return (
    <figure className="hub-map" aria-label={title}>
      <ul className={placed ? "hub-tiles hub-tiles-placed" : "hub-tiles"}>
        {tiles.map(({ code, name, figure, href }) => {
          const [column, row] = (placed && PLACES[code]) || [];
          return (
            <li key={code} style={column ? { gridColumn: column, gridRow: row } : {}}>
              <a href={href} data-tone={toneOf(figure, scale)} data-code={code}>
                <b>{name}</b>
                <span>{figure === null ? say("无数据", "no data") : <FigureCell figure={figure} />}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <figcaption>
        <Legend tiles={tiles} scale={scale} />
        <p className="hub-quiet">
          {placed &&
            say(
              "按方位示意，不表示边界和面积。",
              "Tiles stand roughly where districts lie; no boundaries, no areas. ",
            )}
          {unit && say(`单位：${unit}。`, `Unit: ${unit}.`)}
        </p>
      </figcaption>
    </figure>
  );
}
