// The figures of the places below the one that is open: map, chart and table of one answer.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { Chart, type Figure, FigureCell, type Series } from "../../parts/chart";
import { GraphqlLink } from "../../parts/graphql-link";
import { Part } from "../../parts/page";
import { day } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import type { Report } from "./described";
import { figureOf, type Grouped, groupsBy } from "./figures";
import type { Measure } from "./measures";
import { type Asked, keyOf, mapQuestion, type Way } from "./question";
import { below, levelOf, wayTo } from "./territory";
import { TileMap } from "./tiles";

interface Named {
  nodes: { code: string; name: string }[];
}

interface Answered {
  now: Grouped | null;
  past?: Grouped | null;
  whole: Grouped | null;
  places: Named;
  way: Named;
}

interface Place {
  code: string;
  name: string;
  now: Figure;
  past: Figure;
}

type Lower = ReturnType<typeof below>;

/** Every division of the level, and whatever else the answer has a figure for. */
function placesOf(data: Answered, measure: Measure, lower: Lower): Place[] {
  const [now, past] = [groupsBy(data.now, keyOf(lower)), groupsBy(data.past, keyOf(lower))];
  const names = new Map(data.places.nodes.map(({ code, name }) => [code, name]));
  const codes = [...new Set([...names.keys(), ...now.keys(), ...past.keys()])].filter(Boolean).sort();
  return codes.map((code) => ({
    code,
    name: names.get(code) ?? code,
    now: figureOf(measure, now.get(code), data.now, code),
    past: figureOf(measure, past.get(code), data.past, code),
  }));
}

function Trail({ data, within, link }: { data: Answered; within: string; link(code: string): string }) {
  const names = new Map(data.way.nodes.map(({ code, name }) => [code, name]));
  return (
    <nav className="hub-trail" aria-label={say("所在区划", "Place")}>
      {wayTo(within).map((code) =>
        code === within ? (
          <b key={code} aria-current="location">
            {names.get(code) ?? code}
          </b>
        ) : (
          <span key={code}>
            <a href={link(code)}>{names.get(code) ?? code}</a> ›
          </span>
        ),
      )}
    </nav>
  );
}

function Drawn({
  places,
  measure,
  asked,
  lower,
  link,
}: {
  places: readonly Place[];
  measure: Measure;
  asked: Asked;
  lower: Lower;
  link(code: string): string;
}) {
  const unit = measure.unit ? { unit: measure.unit } : {};
  const rank = ({ now }: Place) => (typeof now === "number" ? now : Number.NEGATIVE_INFINITY);
  const sorted = [...places].sort((a, b) => rank(b) - rank(a) || a.code.localeCompare(b.code));
  const series: Series[] = [{ name: measure.title, ...unit, figures: sorted.map(({ now }) => now) }];
  if (asked.past)
    series.push({
      name: say(`截至 ${day(asked.past)}`, `As of ${day(asked.past)}`),
      ...unit,
      figures: sorted.map(({ past }) => past),
    });
  const heads = {
    district: say("县（市、区）", "District"),
    street: say("街道（乡镇）", "Street"),
    community: say("社区（村）", "Community"),
  };
  const chart = (
    <Chart
      title={measure.title}
      kind="bar"
      labelHead={heads[lower]}
      labels={sorted.map(({ name }) => name)}
      series={series}
      open={(index) => {
        const place = sorted[index];
        if (place) location.hash = link(place.code);
      }}
    />
  );
  if (lower === "community") return chart;
  return (
    <div className="hub-map-and-chart">
      <TileMap
        title={measure.title}
        tiles={places.map(({ code, name, now }) => ({ code, name, figure: now, href: link(code) }))}
        {...unit}
      />
      {chart}
    </div>
  );
}

export function Places({
  report,
  measure,
  asked,
  way,
  controls,
}: {
  report: Report;
  measure: Measure;
  asked: Asked;
  way: Way;
  controls: React.ReactNode;
}) {
  const level = levelOf(asked.within);
  const lower = below(level);
  const question = mapQuestion(report, measure, asked, way, lower);
  const answered = useAsk<Answered>(question);
  const link = (within: string) =>
    to(["reports", report.id], {
      within,
      measure: measure.id,
      year: asked.year || "all",
      ...(asked.past && { past: asked.past }),
    });
  return (
    <Part id="figures" title={say("图和表", "Figures")} actions={<GraphqlLink question={question} />}>
      {controls}
      <Shown asked={answered} rows={8}>
        {(data) => {
          const places = placesOf(data, measure, lower);
          return (
            <>
              <Trail data={data} within={asked.within} link={link} />
              <p className="hub-whole">
                {measure.title}{" "}
                <b>
                  <FigureCell
                    figure={figureOf(measure, data.whole?.groups[0], data.whole, asked.within)}
                    {...(measure.unit && { unit: measure.unit })}
                  />
                </b>
              </p>
              {places.every(({ now, past }) => now === null && past === null) ? (
                <Empty
                  action={
                    <a href={link(wayTo(asked.within)[0] ?? asked.within)}>
                      {say("看全市", "The whole city")}
                    </a>
                  }
                >
                  {say("此处没有可见的数据。", "Nothing is visible here.")}
                </Empty>
              ) : (
                level !== "community" && (
                  <Drawn places={places} measure={measure} asked={asked} lower={lower} link={link} />
                )
              )}
            </>
          );
        }}
      </Shown>
    </Part>
  );
}
