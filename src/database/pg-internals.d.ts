/** A part of the driver that its types leave out. */
declare module "pg/lib/utils" {
  /** What the driver makes of a value before it binds it. */
  export function prepareValue(value: unknown): Buffer | string | null;
}
