/** What the other rooms take from the catalogue. */
export { CatalogueResolver } from "./entry-doors";
export { EXPORT_FORMATS, type ExportFormat, exportCatalogue } from "./export";
export { reckonUpdates } from "./notice";
export { CatalogueUpdateResolver } from "./update-doors";
export { type CatalogueUpdates, createCatalogueUpdates } from "./updates";
