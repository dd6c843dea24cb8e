/** The hub's own scalars: text in, text out, checked on the way (semantics 26). */
import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

function textScalar(name: string, description: string, parse: (text: string) => string | undefined) {
  const check = (value: unknown): string => {
    const parsed = typeof value === "string" ? parse(value) : undefined;
    if (parsed === undefined) throw new GraphQLError(`${name} expects ${description}`);
    return parsed;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: check,
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const DateScalar = textScalar("Date", "日期 yyyy-mm-dd。A calendar day, ISO 8601.", (text) =>
  /^[12]\d{3}-\d\d-\d\d$/.test(text) && isDay(text) ? text : undefined,
);

export const DateTimeScalar = textScalar(
  "DateTime",
  "时刻，ISO 8601，带时区；输出为北京时间 +08:00。An instant, ISO 8601 with its offset; written at +08:00.",
  (text) =>
    /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
    isDay(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text))
      ? text
      : undefined,
);

export const DecimalScalar = textScalar(
  "Decimal",
  "金额（元），十进制字符串，不用浮点。Money in yuan as a decimal string, never a float.",
  (text) => (/^-?\d{1,16}(\.\d{1,2})?$/.test(text) ? text : undefined),
);
