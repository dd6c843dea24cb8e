/** What the driver makes of a value before it binds it; its types leave it out. */
declare module "pg/lib/utils" {
  export function prepareValue(value: unknown): Buffer | string | null;
}
