// The journal of changes of dataset rows, with the triggers of 26 datasets as they were declared when this was written.
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Entries are read in the order of their transactions' numbers, and only those of transactions before which none runs
 * any more: what commits late is never skipped (semantics 24).
 */
const JOURNAL = `
CREATE TABLE dataset_change (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  dataset text COLLATE "C" NOT NULL,
  -- Rows that changed alike in one statement, and since when each had been as it was before.
  row_ids uuid[] NOT NULL,
  since timestamptz[],
  -- Where they lay, which row conditions held, whether they were out of use; NULL where there was no row, or is none.
  territory_before text COLLATE "C",
  territory_after text COLLATE "C",
  closed_before text[],
  closed_after text[],
  retired_before boolean,
  retired_after boolean,
  -- Names of the fields that changed; NULL for a row that came or went.
  fields text[]
);
ALTER TABLE dataset_change ALTER row_ids SET STORAGE EXTERNAL, ALTER since SET STORAGE EXTERNAL;
CREATE INDEX dataset_change_in_order ON dataset_change (dataset, xid, seq);
-- Entries lie in the order of time: the oldest are found by a few pages of this.
CREATE INDEX dataset_change_by_time ON dataset_change USING brin (at);

-- Of which database the numbers of transactions are, and up to which of them entries have been given up.
CREATE TABLE change_journal (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  era text COLLATE "C" NOT NULL DEFAULT left(replace(gen_random_uuid()::text, '-', ''), 12),
  server text COLLATE "C" NOT NULL DEFAULT '',
  forgotten xid8 NOT NULL DEFAULT '0'
);
INSERT INTO change_journal DEFAULT VALUES;

-- Decisions under which feeds were delivered, each once.
CREATE TABLE change_decision (
  hash text COLLATE "C" PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  decision jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
`;

// biome-ignore-start format: the text of the statements is kept as it was derived
const TRIGGERS = [
  `CREATE FUNCTION "division_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'division', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'division', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'division', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."scheme" IS DISTINCT FROM n."scheme" THEN 'scheme' END, CASE WHEN o."edition" IS DISTINCT FROM n."edition" THEN 'edition' END, CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."node" IS DISTINCT FROM n."node" THEN 'node' END, CASE WHEN o."parent_node" IS DISTINCT FROM n."parent_node" THEN 'parentNode' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."level" IS DISTINCT FROM n."level" THEN 'level' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."established_on" IS DISTINCT FROM n."established_on" THEN 'establishedOn' END, CASE WHEN o."change_kind" IS DISTINCT FROM n."change_kind" THEN 'changeKind' END, CASE WHEN o."changed_on" IS DISTINCT FROM n."changed_on" THEN 'changedOn' END, CASE WHEN o."change_decision" IS DISTINCT FROM n."change_decision" THEN 'changeDecision' END, CASE WHEN o."successor_node" IS DISTINCT FROM n."successor_node" THEN 'successorNode' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'division'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "division_insert_told" AFTER INSERT ON "division" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "division_tell_change"()`,
  `CREATE TRIGGER "division_update_told" AFTER UPDATE ON "division" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "division_tell_change"()`,
  `CREATE TRIGGER "division_delete_told" AFTER DELETE ON "division" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "division_tell_change"()`,
  `CREATE FUNCTION "division_crosswalk_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'divisionCrosswalk', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'divisionCrosswalk', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'divisionCrosswalk', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."district_code" IS DISTINCT FROM n."district_code" THEN 'districtCode' END, CASE WHEN o."district_name" IS DISTINCT FROM n."district_name" THEN 'districtName' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."statistics_code" IS DISTINCT FROM n."statistics_code" THEN 'statisticsCode' END, CASE WHEN o."civil_affairs_code" IS DISTINCT FROM n."civil_affairs_code" THEN 'civilAffairsCode' END, CASE WHEN o."statistics_node" IS DISTINCT FROM n."statistics_node" THEN 'statisticsNode' END, CASE WHEN o."civil_affairs_node" IS DISTINCT FROM n."civil_affairs_node" THEN 'civilAffairsNode' END, CASE WHEN o."match" IS DISTINCT FROM n."match" THEN 'match' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'divisionCrosswalk'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "division_crosswalk_insert_told" AFTER INSERT ON "division_crosswalk" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "division_crosswalk_tell_change"()`,
  `CREATE TRIGGER "division_crosswalk_update_told" AFTER UPDATE ON "division_crosswalk" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "division_crosswalk_tell_change"()`,
  `CREATE TRIGGER "division_crosswalk_delete_told" AFTER DELETE ON "division_crosswalk" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "division_crosswalk_tell_change"()`,
  `CREATE FUNCTION "department_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'department', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'department', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'department', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."level" IS DISTINCT FROM n."level" THEN 'level' END, CASE WHEN o."credit_code" IS DISTINCT FROM n."credit_code" THEN 'creditCode' END, CASE WHEN o."parent_code" IS DISTINCT FROM n."parent_code" THEN 'parentCode' END, CASE WHEN o."mass_organization" IS DISTINCT FROM n."mass_organization" THEN 'massOrganization' END, CASE WHEN o."duties" IS DISTINCT FROM n."duties" THEN 'duties' END, CASE WHEN o."responsible_person" IS DISTINCT FROM n."responsible_person" THEN 'responsiblePerson' END, CASE WHEN o."sharing_head" IS DISTINCT FROM n."sharing_head" THEN 'sharingHead' END, CASE WHEN o."office_phone" IS DISTINCT FROM n."office_phone" THEN 'officePhone' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."joined_on" IS DISTINCT FROM n."joined_on" THEN 'joinedOn' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'department'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "department_insert_told" AFTER INSERT ON "department" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "department_tell_change"()`,
  `CREATE TRIGGER "department_update_told" AFTER UPDATE ON "department" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "department_tell_change"()`,
  `CREATE TRIGGER "department_delete_told" AFTER DELETE ON "department" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "department_tell_change"()`,
  `CREATE FUNCTION "community_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'community', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'community', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'community', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."urban_rural_class" IS DISTINCT FROM n."urban_rural_class" THEN 'urbanRuralClass' END, CASE WHEN o."street_node" IS DISTINCT FROM n."street_node" THEN 'streetNode' END, CASE WHEN o."area_context" IS DISTINCT FROM n."area_context" THEN 'areaContext' END, CASE WHEN o."population" IS DISTINCT FROM n."population" THEN 'population' END, CASE WHEN o."elderly_population" IS DISTINCT FROM n."elderly_population" THEN 'elderlyPopulation' END, CASE WHEN o."households" IS DISTINCT FROM n."households" THEN 'households' END, CASE WHEN o."households_kind" IS DISTINCT FROM n."households_kind" THEN 'householdsKind' END, CASE WHEN o."households_as_of" IS DISTINCT FROM n."households_as_of" THEN 'householdsAsOf' END, CASE WHEN o."area" IS DISTINCT FROM n."area" THEN 'area' END, CASE WHEN o."service_radius" IS DISTINCT FROM n."service_radius" THEN 'serviceRadius' END, CASE WHEN o."resident_units" IS DISTINCT FROM n."resident_units" THEN 'residentUnits' END, CASE WHEN o."longitude" IS DISTINCT FROM n."longitude" THEN 'longitude' END, CASE WHEN o."latitude" IS DISTINCT FROM n."latitude" THEN 'latitude' END, CASE WHEN o."office_area" IS DISTINCT FROM n."office_area" THEN 'officeArea' END, CASE WHEN o."office_need" IS DISTINCT FROM n."office_need" THEN 'officeNeed' END, CASE WHEN o."planned_land" IS DISTINCT FROM n."planned_land" THEN 'plannedLand' END, CASE WHEN o."boundary_decision" IS DISTINCT FROM n."boundary_decision" THEN 'boundaryDecision' END, CASE WHEN o."established_on" IS DISTINCT FROM n."established_on" THEN 'establishedOn' END, CASE WHEN o."change_kind" IS DISTINCT FROM n."change_kind" THEN 'changeKind' END, CASE WHEN o."changed_on" IS DISTINCT FROM n."changed_on" THEN 'changedOn' END, CASE WHEN o."successor_code" IS DISTINCT FROM n."successor_code" THEN 'successorCode' END, CASE WHEN o."life_circle" IS DISTINCT FROM n."life_circle" THEN 'lifeCircle' END, CASE WHEN o."service_window" IS DISTINCT FROM n."service_window" THEN 'serviceWindow' END, CASE WHEN o."public_services" IS DISTINCT FROM n."public_services" THEN 'publicServices' END, CASE WHEN o."community_services" IS DISTINCT FROM n."community_services" THEN 'communityServices' END, CASE WHEN o."rural_infrastructure" IS DISTINCT FROM n."rural_infrastructure" THEN 'ruralInfrastructure' END, CASE WHEN o."grids" IS DISTINCT FROM n."grids" THEN 'grids' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'community'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "community_insert_told" AFTER INSERT ON "community" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "community_tell_change"()`,
  `CREATE TRIGGER "community_update_told" AFTER UPDATE ON "community" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "community_tell_change"()`,
  `CREATE TRIGGER "community_delete_told" AFTER DELETE ON "community" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "community_tell_change"()`,
  `CREATE FUNCTION "household_count_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'householdCount', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'householdCount', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'householdCount', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."community_code" IS DISTINCT FROM n."community_code" THEN 'communityCode' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."value" IS DISTINCT FROM n."value" THEN 'value' END, CASE WHEN o."counted_on" IS DISTINCT FROM n."counted_on" THEN 'countedOn' END, CASE WHEN o."steward" IS DISTINCT FROM n."steward" THEN 'steward' END, CASE WHEN o."method" IS DISTINCT FROM n."method" THEN 'method' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'householdCount'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "household_count_insert_told" AFTER INSERT ON "household_count" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "household_count_tell_change"()`,
  `CREATE TRIGGER "household_count_update_told" AFTER UPDATE ON "household_count" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "household_count_tell_change"()`,
  `CREATE TRIGGER "household_count_delete_told" AFTER DELETE ON "household_count" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "household_count_tell_change"()`,
  `CREATE FUNCTION "committee_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committee', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committee', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committee', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."credit_code" IS DISTINCT FROM n."credit_code" THEN 'creditCode' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."established_on" IS DISTINCT FROM n."established_on" THEN 'establishedOn' END, CASE WHEN o."established_by" IS DISTINCT FROM n."established_by" THEN 'establishedBy' END, CASE WHEN o."director" IS DISTINCT FROM n."director" THEN 'director' END, CASE WHEN o."party_branch" IS DISTINCT FROM n."party_branch" THEN 'partyBranch' END, CASE WHEN o."term_from" IS DISTINCT FROM n."term_from" THEN 'termFrom' END, CASE WHEN o."term_to" IS DISTINCT FROM n."term_to" THEN 'termTo' END, CASE WHEN o."seats" IS DISTINCT FROM n."seats" THEN 'seats' END, CASE WHEN o."women_members" IS DISTINCT FROM n."women_members" THEN 'womenMembers' END, CASE WHEN o."voter_list_on" IS DISTINCT FROM n."voter_list_on" THEN 'voterListOn' END, CASE WHEN o."elected_on" IS DISTINCT FROM n."elected_on" THEN 'electedOn' END, CASE WHEN o."handed_over_on" IS DISTINCT FROM n."handed_over_on" THEN 'handedOverOn' END, CASE WHEN o."households" IS DISTINCT FROM n."households" THEN 'households' END, CASE WHEN o."representatives" IS DISTINCT FROM n."representatives" THEN 'representatives' END, CASE WHEN o."women_representatives" IS DISTINCT FROM n."women_representatives" THEN 'womenRepresentatives' END, CASE WHEN o."representatives_met_on" IS DISTINCT FROM n."representatives_met_on" THEN 'representativesMetOn' END, CASE WHEN o."assembly_met_on" IS DISTINCT FROM n."assembly_met_on" THEN 'assemblyMetOn' END, CASE WHEN o."has_oversight" IS DISTINCT FROM n."has_oversight" THEN 'hasOversight' END, CASE WHEN o."oversight_committee" IS DISTINCT FROM n."oversight_committee" THEN 'oversightCommittee' END, CASE WHEN o."oversight_members" IS DISTINCT FROM n."oversight_members" THEN 'oversightMembers' END, CASE WHEN o."reviewed_on" IS DISTINCT FROM n."reviewed_on" THEN 'reviewedOn' END, CASE WHEN o."director_audited_on" IS DISTINCT FROM n."director_audited_on" THEN 'directorAuditedOn' END, CASE WHEN o."disclosed_on" IS DISTINCT FROM n."disclosed_on" THEN 'disclosedOn' END, CASE WHEN o."finances_disclosed_on" IS DISTINCT FROM n."finances_disclosed_on" THEN 'financesDisclosedOn' END, CASE WHEN o."charter_kind" IS DISTINCT FROM n."charter_kind" THEN 'charterKind' END, CASE WHEN o."charter_filed_on" IS DISTINCT FROM n."charter_filed_on" THEN 'charterFiledOn' END, CASE WHEN o."deliberation_forms" IS DISTINCT FROM n."deliberation_forms" THEN 'deliberationForms' END, CASE WHEN o."duties" IS DISTINCT FROM n."duties" THEN 'duties' END, CASE WHEN o."office_address" IS DISTINCT FROM n."office_address" THEN 'officeAddress' END, CASE WHEN o."office_area" IS DISTINCT FROM n."office_area" THEN 'officeArea' END, CASE WHEN o."office_phone" IS DISTINCT FROM n."office_phone" THEN 'officePhone' END, CASE WHEN o."liaison_station" IS DISTINCT FROM n."liaison_station" THEN 'liaisonStation' END, CASE WHEN o."legislative_contact" IS DISTINCT FROM n."legislative_contact" THEN 'legislativeContact' END, CASE WHEN o."legal_advisers" IS DISTINCT FROM n."legal_advisers" THEN 'legalAdvisers' END, CASE WHEN o."mediators" IS DISTINCT FROM n."mediators" THEN 'mediators' END, CASE WHEN o."culture_facilities" IS DISTINCT FROM n."culture_facilities" THEN 'cultureFacilities' END, CASE WHEN o."emergency_team" IS DISTINCT FROM n."emergency_team" THEN 'emergencyTeam' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'committee'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "committee_insert_told" AFTER INSERT ON "committee" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "committee_tell_change"()`,
  `CREATE TRIGGER "committee_update_told" AFTER UPDATE ON "committee" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "committee_tell_change"()`,
  `CREATE TRIGGER "committee_delete_told" AFTER DELETE ON "committee" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "committee_tell_change"()`,
  `CREATE FUNCTION "committee_member_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committeeMember', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committeeMember', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'committeeMember', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."member_no" IS DISTINCT FROM n."member_no" THEN 'memberNo' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."sex" IS DISTINCT FROM n."sex" THEN 'sex' END, CASE WHEN o."birth_date" IS DISTINCT FROM n."birth_date" THEN 'birthDate' END, CASE WHEN o."id_number_hash" IS DISTINCT FROM n."id_number_hash" THEN 'idNumber' END, CASE WHEN o."phone_hash" IS DISTINCT FROM n."phone_hash" THEN 'phone' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."position" IS DISTINCT FROM n."position" THEN 'position' END, CASE WHEN o."origin" IS DISTINCT FROM n."origin" THEN 'origin' END, CASE WHEN o."elected_on" IS DISTINCT FROM n."elected_on" THEN 'electedOn' END, CASE WHEN o."term_from" IS DISTINCT FROM n."term_from" THEN 'termFrom' END, CASE WHEN o."term_to" IS DISTINCT FROM n."term_to" THEN 'termTo' END, CASE WHEN o."terms" IS DISTINCT FROM n."terms" THEN 'terms' END, CASE WHEN o."party_member" IS DISTINCT FROM n."party_member" THEN 'partyMember' END, CASE WHEN o."kin_avoidance_checked" IS DISTINCT FROM n."kin_avoidance_checked" THEN 'kinAvoidanceChecked' END, CASE WHEN o."review" IS DISTINCT FROM n."review" THEN 'review' END, CASE WHEN o."reviewed_on" IS DISTINCT FROM n."reviewed_on" THEN 'reviewedOn' END, CASE WHEN o."previous_review" IS DISTINCT FROM n."previous_review" THEN 'previousReview' END, CASE WHEN o."audited_on" IS DISTINCT FROM n."audited_on" THEN 'auditedOn' END, CASE WHEN o."left_on" IS DISTINCT FROM n."left_on" THEN 'leftOn' END, CASE WHEN o."leaving_reason" IS DISTINCT FROM n."leaving_reason" THEN 'leavingReason' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'committeeMember'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "committee_member_insert_told" AFTER INSERT ON "committee_member" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "committee_member_tell_change"()`,
  `CREATE TRIGGER "committee_member_update_told" AFTER UPDATE ON "committee_member" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "committee_member_tell_change"()`,
  `CREATE TRIGGER "committee_member_delete_told" AFTER DELETE ON "committee_member" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "committee_member_tell_change"()`,
  `CREATE FUNCTION "facility_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facility', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facility', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facility', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."status" IS DISTINCT FROM n."status" THEN 'status' END, CASE WHEN o."provision_mode" IS DISTINCT FROM n."provision_mode" THEN 'provisionMode' END, CASE WHEN o."area_context" IS DISTINCT FROM n."area_context" THEN 'areaContext' END, CASE WHEN o."services" IS DISTINCT FROM n."services" THEN 'services' END, CASE WHEN o."life_circle" IS DISTINCT FROM n."life_circle" THEN 'lifeCircle' END, CASE WHEN o."land_area" IS DISTINCT FROM n."land_area" THEN 'landArea' END, CASE WHEN o."building_area" IS DISTINCT FROM n."building_area" THEN 'buildingArea' END, CASE WHEN o."activity_area" IS DISTINCT FROM n."activity_area" THEN 'activityArea' END, CASE WHEN o."ownership" IS DISTINCT FROM n."ownership" THEN 'ownership' END, CASE WHEN o."owner_name" IS DISTINCT FROM n."owner_name" THEN 'ownerName' END, CASE WHEN o."owner_credit_code" IS DISTINCT FROM n."owner_credit_code" THEN 'ownerCreditCode' END, CASE WHEN o."title_no" IS DISTINCT FROM n."title_no" THEN 'titleNo' END, CASE WHEN o."in_spatial_plan" IS DISTINCT FROM n."in_spatial_plan" THEN 'inSpatialPlan' END, CASE WHEN o."investor" IS DISTINCT FROM n."investor" THEN 'investor' END, CASE WHEN o."investor_name" IS DISTINCT FROM n."investor_name" THEN 'investorName' END, CASE WHEN o."approved_on" IS DISTINCT FROM n."approved_on" THEN 'approvedOn' END, CASE WHEN o."opened_at" IS DISTINCT FROM n."opened_at" THEN 'openedAt' END, CASE WHEN o."closed_at" IS DISTINCT FROM n."closed_at" THEN 'closedAt' END, CASE WHEN o."occupied_from" IS DISTINCT FROM n."occupied_from" THEN 'occupiedFrom' END, CASE WHEN o."occupied_to" IS DISTINCT FROM n."occupied_to" THEN 'occupiedTo' END, CASE WHEN o."project_code" IS DISTINCT FROM n."project_code" THEN 'projectCode' END, CASE WHEN o."supply_mode" IS DISTINCT FROM n."supply_mode" THEN 'supplyMode' END, CASE WHEN o."operator_name" IS DISTINCT FROM n."operator_name" THEN 'operatorName' END, CASE WHEN o."operator_credit_code" IS DISTINCT FROM n."operator_credit_code" THEN 'operatorCreditCode' END, CASE WHEN o."free_for_organizations" IS DISTINCT FROM n."free_for_organizations" THEN 'freeForOrganizations' END, CASE WHEN o."capacity" IS DISTINCT FROM n."capacity" THEN 'capacity' END, CASE WHEN o."opening_hours" IS DISTINCT FROM n."opening_hours" THEN 'openingHours' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."longitude" IS DISTINCT FROM n."longitude" THEN 'longitude' END, CASE WHEN o."latitude" IS DISTINCT FROM n."latitude" THEN 'latitude' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'facility'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "facility_insert_told" AFTER INSERT ON "facility" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "facility_tell_change"()`,
  `CREATE TRIGGER "facility_update_told" AFTER UPDATE ON "facility" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "facility_tell_change"()`,
  `CREATE TRIGGER "facility_delete_told" AFTER DELETE ON "facility" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "facility_tell_change"()`,
  `CREATE FUNCTION "facility_share_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facilityShare', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facilityShare', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'facilityShare', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."facility_id" IS DISTINCT FROM n."facility_id" THEN 'facilityId' END, CASE WHEN o."community_code" IS DISTINCT FROM n."community_code" THEN 'communityCode' END, CASE WHEN o."share" IS DISTINCT FROM n."share" THEN 'share' END, CASE WHEN o."agreement" IS DISTINCT FROM n."agreement" THEN 'agreement' END, CASE WHEN o."agreed_on" IS DISTINCT FROM n."agreed_on" THEN 'agreedOn' END, CASE WHEN o."used_from" IS DISTINCT FROM n."used_from" THEN 'usedFrom' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'facilityShare'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "facility_share_insert_told" AFTER INSERT ON "facility_share" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "facility_share_tell_change"()`,
  `CREATE TRIGGER "facility_share_update_told" AFTER UPDATE ON "facility_share" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "facility_share_tell_change"()`,
  `CREATE TRIGGER "facility_share_delete_told" AFTER DELETE ON "facility_share" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "facility_share_tell_change"()`,
  `CREATE FUNCTION "residential_project_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'residentialProject', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'residentialProject', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'residentialProject', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."area_context" IS DISTINCT FROM n."area_context" THEN 'areaContext' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."developer" IS DISTINCT FROM n."developer" THEN 'developer' END, CASE WHEN o."developer_credit_code" IS DISTINCT FROM n."developer_credit_code" THEN 'developerCreditCode' END, CASE WHEN o."planning_permit" IS DISTINCT FROM n."planning_permit" THEN 'planningPermit' END, CASE WHEN o."households" IS DISTINCT FROM n."households" THEN 'households' END, CASE WHEN o."planned_facility_area" IS DISTINCT FROM n."planned_facility_area" THEN 'plannedFacilityArea' END, CASE WHEN o."built_facility_area" IS DISTINCT FROM n."built_facility_area" THEN 'builtFacilityArea' END, CASE WHEN o."approved_on" IS DISTINCT FROM n."approved_on" THEN 'approvedOn' END, CASE WHEN o."facility_designed_on" IS DISTINCT FROM n."facility_designed_on" THEN 'facilityDesignedOn' END, CASE WHEN o."facility_built_on" IS DISTINCT FROM n."facility_built_on" THEN 'facilityBuiltOn' END, CASE WHEN o."facility_accepted_on" IS DISTINCT FROM n."facility_accepted_on" THEN 'facilityAcceptedOn' END, CASE WHEN o."facility_handed_over_on" IS DISTINCT FROM n."facility_handed_over_on" THEN 'facilityHandedOverOn' END, CASE WHEN o."dwellings_designed_on" IS DISTINCT FROM n."dwellings_designed_on" THEN 'dwellingsDesignedOn' END, CASE WHEN o."dwellings_built_on" IS DISTINCT FROM n."dwellings_built_on" THEN 'dwellingsBuiltOn' END, CASE WHEN o."dwellings_accepted_on" IS DISTINCT FROM n."dwellings_accepted_on" THEN 'dwellingsAcceptedOn' END, CASE WHEN o."dwellings_handed_over_on" IS DISTINCT FROM n."dwellings_handed_over_on" THEN 'dwellingsHandedOverOn' END, CASE WHEN o."acceptance_invitees" IS DISTINCT FROM n."acceptance_invitees" THEN 'acceptanceInvitees' END, CASE WHEN o."handed_over" IS DISTINCT FROM n."handed_over" THEN 'handedOver' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'residentialProject'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "residential_project_insert_told" AFTER INSERT ON "residential_project" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "residential_project_tell_change"()`,
  `CREATE TRIGGER "residential_project_update_told" AFTER UPDATE ON "residential_project" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "residential_project_tell_change"()`,
  `CREATE TRIGGER "residential_project_delete_told" AFTER DELETE ON "residential_project" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "residential_project_tell_change"()`,
  `CREATE FUNCTION "idle_asset_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'idleAsset', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'idleAsset', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'idleAsset', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."owner" IS DISTINCT FROM n."owner" THEN 'owner' END, CASE WHEN o."owner_credit_code" IS DISTINCT FROM n."owner_credit_code" THEN 'ownerCreditCode' END, CASE WHEN o."building_area" IS DISTINCT FROM n."building_area" THEN 'buildingArea' END, CASE WHEN o."land_area" IS DISTINCT FROM n."land_area" THEN 'landArea' END, CASE WHEN o."title_no" IS DISTINCT FROM n."title_no" THEN 'titleNo' END, CASE WHEN o."idle_since" IS DISTINCT FROM n."idle_since" THEN 'idleSince' END, CASE WHEN o."offered_at" IS DISTINCT FROM n."offered_at" THEN 'offeredAt' END, CASE WHEN o."first_refusal" IS DISTINCT FROM n."first_refusal" THEN 'firstRefusal' END, CASE WHEN o."decided_at" IS DISTINCT FROM n."decided_at" THEN 'decidedAt' END, CASE WHEN o."assigned_to" IS DISTINCT FROM n."assigned_to" THEN 'assignedTo' END, CASE WHEN o."facility_code" IS DISTINCT FROM n."facility_code" THEN 'facilityCode' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'idleAsset'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "idle_asset_insert_told" AFTER INSERT ON "idle_asset" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "idle_asset_tell_change"()`,
  `CREATE TRIGGER "idle_asset_update_told" AFTER UPDATE ON "idle_asset" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "idle_asset_tell_change"()`,
  `CREATE TRIGGER "idle_asset_delete_told" AFTER DELETE ON "idle_asset" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "idle_asset_tell_change"()`,
  `CREATE FUNCTION "social_organization_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'socialOrganization', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'socialOrganization', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'socialOrganization', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."credit_code" IS DISTINCT FROM n."credit_code" THEN 'creditCode' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."tier" IS DISTINCT FROM n."tier" THEN 'tier' END, CASE WHEN o."type" IS DISTINCT FROM n."type" THEN 'type' END, CASE WHEN o."resident_class" IS DISTINCT FROM n."resident_class" THEN 'residentClass' END, CASE WHEN o."activity_fields" IS DISTINCT FROM n."activity_fields" THEN 'activityFields' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."registered_with" IS DISTINCT FROM n."registered_with" THEN 'registeredWith' END, CASE WHEN o."supervisor" IS DISTINCT FROM n."supervisor" THEN 'supervisor' END, CASE WHEN o."founded_at" IS DISTINCT FROM n."founded_at" THEN 'foundedAt' END, CASE WHEN o."registered_at" IS DISTINCT FROM n."registered_at" THEN 'registeredAt' END, CASE WHEN o."filed_at" IS DISTINCT FROM n."filed_at" THEN 'filedAt' END, CASE WHEN o."certificate_valid_until" IS DISTINCT FROM n."certificate_valid_until" THEN 'certificateValidUntil' END, CASE WHEN o."dissolved_at" IS DISTINCT FROM n."dissolved_at" THEN 'dissolvedAt' END, CASE WHEN o."office_address" IS DISTINCT FROM n."office_address" THEN 'officeAddress' END, CASE WHEN o."capital" IS DISTINCT FROM n."capital" THEN 'capital' END, CASE WHEN o."member_count" IS DISTINCT FROM n."member_count" THEN 'memberCount' END, CASE WHEN o."unit_member_count" IS DISTINCT FROM n."unit_member_count" THEN 'unitMemberCount' END, CASE WHEN o."staff_count" IS DISTINCT FROM n."staff_count" THEN 'staffCount' END, CASE WHEN o."party_branch" IS DISTINCT FROM n."party_branch" THEN 'partyBranch' END, CASE WHEN o."charity" IS DISTINCT FROM n."charity" THEN 'charity' END, CASE WHEN o."community_foundation" IS DISTINCT FROM n."community_foundation" THEN 'communityFoundation' END, CASE WHEN o."grade" IS DISTINCT FROM n."grade" THEN 'grade' END, CASE WHEN o."head_name" IS DISTINCT FROM n."head_name" THEN 'headName' END, CASE WHEN o."contact_name" IS DISTINCT FROM n."contact_name" THEN 'contactName' END, CASE WHEN o."contact_phone_hash" IS DISTINCT FROM n."contact_phone_hash" THEN 'contactPhone' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'socialOrganization'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "social_organization_insert_told" AFTER INSERT ON "social_organization" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "social_organization_tell_change"()`,
  `CREATE TRIGGER "social_organization_update_told" AFTER UPDATE ON "social_organization" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "social_organization_tell_change"()`,
  `CREATE TRIGGER "social_organization_delete_told" AFTER DELETE ON "social_organization" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "social_organization_tell_change"()`,
  `CREATE FUNCTION "budget_line_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'budgetLine', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'budgetLine', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'budgetLine', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."fiscal_code" IS DISTINCT FROM n."fiscal_code" THEN 'fiscalCode' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."level" IS DISTINCT FROM n."level" THEN 'level' END, CASE WHEN o."purpose" IS DISTINCT FROM n."purpose" THEN 'purpose' END, CASE WHEN o."fund_source" IS DISTINCT FROM n."fund_source" THEN 'fundSource' END, CASE WHEN o."special_fund" IS DISTINCT FROM n."special_fund" THEN 'specialFund' END, CASE WHEN o."approved_amount" IS DISTINCT FROM n."approved_amount" THEN 'approvedAmount' END, CASE WHEN o."adjusted_amount" IS DISTINCT FROM n."adjusted_amount" THEN 'adjustedAmount' END, CASE WHEN o."approved_at" IS DISTINCT FROM n."approved_at" THEN 'approvedAt' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."department_code" IS DISTINCT FROM n."department_code" THEN 'departmentCode' END, CASE WHEN o."planned_by" IS DISTINCT FROM n."planned_by" THEN 'plannedBy' END, CASE WHEN o."disclosed_at" IS DISTINCT FROM n."disclosed_at" THEN 'disclosedAt' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'budgetLine'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "budget_line_insert_told" AFTER INSERT ON "budget_line" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "budget_line_tell_change"()`,
  `CREATE TRIGGER "budget_line_update_told" AFTER UPDATE ON "budget_line" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "budget_line_tell_change"()`,
  `CREATE TRIGGER "budget_line_delete_told" AFTER DELETE ON "budget_line" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "budget_line_tell_change"()`,
  `CREATE FUNCTION "allocation_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'allocation', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'allocation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'allocation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."allocation_no" IS DISTINCT FROM n."allocation_no" THEN 'allocationNo' END, CASE WHEN o."budget_line_id" IS DISTINCT FROM n."budget_line_id" THEN 'budgetLineId' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."fund_source" IS DISTINCT FROM n."fund_source" THEN 'fundSource' END, CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN 'amount' END, CASE WHEN o."planned_at" IS DISTINCT FROM n."planned_at" THEN 'plannedAt' END, CASE WHEN o."paid_at" IS DISTINCT FROM n."paid_at" THEN 'paidAt' END, CASE WHEN o."payee_kind" IS DISTINCT FROM n."payee_kind" THEN 'payeeKind' END, CASE WHEN o."payee_credit_code" IS DISTINCT FROM n."payee_credit_code" THEN 'payeeCreditCode' END, CASE WHEN o."purpose" IS DISTINCT FROM n."purpose" THEN 'purpose' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'allocation'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "allocation_insert_told" AFTER INSERT ON "allocation" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "allocation_tell_change"()`,
  `CREATE TRIGGER "allocation_update_told" AFTER UPDATE ON "allocation" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "allocation_tell_change"()`,
  `CREATE TRIGGER "allocation_delete_told" AFTER DELETE ON "allocation" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "allocation_tell_change"()`,
  `CREATE FUNCTION "purchase_contract_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'purchaseContract', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'purchaseContract', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'purchaseContract', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."contract_no" IS DISTINCT FROM n."contract_no" THEN 'contractNo' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."directory_item" IS DISTINCT FROM n."directory_item" THEN 'directoryItem' END, CASE WHEN o."directory_item_name" IS DISTINCT FROM n."directory_item_name" THEN 'directoryItemName' END, CASE WHEN o."budget_line_id" IS DISTINCT FROM n."budget_line_id" THEN 'budgetLineId' END, CASE WHEN o."department_code" IS DISTINCT FROM n."department_code" THEN 'departmentCode' END, CASE WHEN o."organization_id" IS DISTINCT FROM n."organization_id" THEN 'organizationId' END, CASE WHEN o."supplier_name" IS DISTINCT FROM n."supplier_name" THEN 'supplierName' END, CASE WHEN o."supplier_credit_code" IS DISTINCT FROM n."supplier_credit_code" THEN 'supplierCreditCode' END, CASE WHEN o."supply_mode" IS DISTINCT FROM n."supply_mode" THEN 'supplyMode' END, CASE WHEN o."service_kind" IS DISTINCT FROM n."service_kind" THEN 'serviceKind' END, CASE WHEN o."public_service" IS DISTINCT FROM n."public_service" THEN 'publicService' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN 'amount' END, CASE WHEN o."signed_at" IS DISTINCT FROM n."signed_at" THEN 'signedAt' END, CASE WHEN o."service_from" IS DISTINCT FROM n."service_from" THEN 'serviceFrom' END, CASE WHEN o."service_to" IS DISTINCT FROM n."service_to" THEN 'serviceTo' END, CASE WHEN o."persons_served" IS DISTINCT FROM n."persons_served" THEN 'personsServed' END, CASE WHEN o."purchased_hours" IS DISTINCT FROM n."purchased_hours" THEN 'purchasedHours' END, CASE WHEN o."delivered_hours" IS DISTINCT FROM n."delivered_hours" THEN 'deliveredHours' END, CASE WHEN o."paid_hours" IS DISTINCT FROM n."paid_hours" THEN 'paidHours' END, CASE WHEN o."accepted_at" IS DISTINCT FROM n."accepted_at" THEN 'acceptedAt' END, CASE WHEN o."disclosed_at" IS DISTINCT FROM n."disclosed_at" THEN 'disclosedAt' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'purchaseContract'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "purchase_contract_insert_told" AFTER INSERT ON "purchase_contract" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "purchase_contract_tell_change"()`,
  `CREATE TRIGGER "purchase_contract_update_told" AFTER UPDATE ON "purchase_contract" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "purchase_contract_tell_change"()`,
  `CREATE TRIGGER "purchase_contract_delete_told" AFTER DELETE ON "purchase_contract" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "purchase_contract_tell_change"()`,
  `CREATE FUNCTION "organization_support_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'organizationSupport', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."organization_tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'organizationSupport', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."organization_tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'organizationSupport', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."organization_tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."organization_tier" <> 'REGISTERED') IS NOT FALSE) THEN 'ORGANIZATION_NOT_REGISTERED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."support_no" IS DISTINCT FROM n."support_no" THEN 'supportNo' END, CASE WHEN o."organization_id" IS DISTINCT FROM n."organization_id" THEN 'organizationId' END, CASE WHEN o."organization_tier" IS DISTINCT FROM n."organization_tier" THEN 'organizationTier' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."giver" IS DISTINCT FROM n."giver" THEN 'giver' END, CASE WHEN o."department_code" IS DISTINCT FROM n."department_code" THEN 'departmentCode' END, CASE WHEN o."facility_id" IS DISTINCT FROM n."facility_id" THEN 'facilityId' END, CASE WHEN o."contract_id" IS DISTINCT FROM n."contract_id" THEN 'contractId' END, CASE WHEN o."content" IS DISTINCT FROM n."content" THEN 'content' END, CASE WHEN o."area" IS DISTINCT FROM n."area" THEN 'area' END, CASE WHEN o."weekly_hours" IS DISTINCT FROM n."weekly_hours" THEN 'weeklyHours' END, CASE WHEN o."price" IS DISTINCT FROM n."price" THEN 'price' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."support_from" IS DISTINCT FROM n."support_from" THEN 'supportFrom' END, CASE WHEN o."support_to" IS DISTINCT FROM n."support_to" THEN 'supportTo' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'organizationSupport'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "organization_support_insert_told" AFTER INSERT ON "organization_support" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "organization_support_tell_change"()`,
  `CREATE TRIGGER "organization_support_update_told" AFTER UPDATE ON "organization_support" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "organization_support_tell_change"()`,
  `CREATE TRIGGER "organization_support_delete_told" AFTER DELETE ON "organization_support" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "organization_support_tell_change"()`,
  `CREATE FUNCTION "volunteer_station_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerStation', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerStation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerStation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."code" IS DISTINCT FROM n."code" THEN 'code' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."operator" IS DISTINCT FROM n."operator" THEN 'operator' END, CASE WHEN o."facility_id" IS DISTINCT FROM n."facility_id" THEN 'facilityId' END, CASE WHEN o."organization_id" IS DISTINCT FROM n."organization_id" THEN 'organizationId' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."longitude" IS DISTINCT FROM n."longitude" THEN 'longitude' END, CASE WHEN o."latitude" IS DISTINCT FROM n."latitude" THEN 'latitude' END, CASE WHEN o."service_kinds" IS DISTINCT FROM n."service_kinds" THEN 'serviceKinds' END, CASE WHEN o."opening_hours" IS DISTINCT FROM n."opening_hours" THEN 'openingHours' END, CASE WHEN o."area" IS DISTINCT FROM n."area" THEN 'area' END, CASE WHEN o."capacity" IS DISTINCT FROM n."capacity" THEN 'capacity' END, CASE WHEN o."issues_certificates" IS DISTINCT FROM n."issues_certificates" THEN 'issuesCertificates' END, CASE WHEN o."emergency_team" IS DISTINCT FROM n."emergency_team" THEN 'emergencyTeam' END, CASE WHEN o."opened_at" IS DISTINCT FROM n."opened_at" THEN 'openedAt' END, CASE WHEN o."closed_at" IS DISTINCT FROM n."closed_at" THEN 'closedAt' END, CASE WHEN o."coordinator_name" IS DISTINCT FROM n."coordinator_name" THEN 'coordinatorName' END, CASE WHEN o."coordinator_phone_hash" IS DISTINCT FROM n."coordinator_phone_hash" THEN 'coordinatorPhone' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'volunteerStation'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "volunteer_station_insert_told" AFTER INSERT ON "volunteer_station" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_station_tell_change"()`,
  `CREATE TRIGGER "volunteer_station_update_told" AFTER UPDATE ON "volunteer_station" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_station_tell_change"()`,
  `CREATE TRIGGER "volunteer_station_delete_told" AFTER DELETE ON "volunteer_station" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_station_tell_change"()`,
  `CREATE FUNCTION "volunteer_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteer', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN (((n."consent" <> 'GRANTED') IS NOT FALSE) OR (((n."birth_date" + interval '14 years' > (now() AT TIME ZONE 'Asia/Shanghai')::date) IS NOT FALSE) AND ((n."guardian_consent" <> 'GRANTED') IS NOT FALSE))) THEN 'VOLUNTEER_WITHOUT_CONSENT' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteer', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN (((o."consent" <> 'GRANTED') IS NOT FALSE) OR (((o."birth_date" + interval '14 years' > (now() AT TIME ZONE 'Asia/Shanghai')::date) IS NOT FALSE) AND ((o."guardian_consent" <> 'GRANTED') IS NOT FALSE))) THEN 'VOLUNTEER_WITHOUT_CONSENT' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteer', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN (((o."consent" <> 'GRANTED') IS NOT FALSE) OR (((o."birth_date" + interval '14 years' > (now() AT TIME ZONE 'Asia/Shanghai')::date) IS NOT FALSE) AND ((o."guardian_consent" <> 'GRANTED') IS NOT FALSE))) THEN 'VOLUNTEER_WITHOUT_CONSENT' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN (((n."consent" <> 'GRANTED') IS NOT FALSE) OR (((n."birth_date" + interval '14 years' > (now() AT TIME ZONE 'Asia/Shanghai')::date) IS NOT FALSE) AND ((n."guardian_consent" <> 'GRANTED') IS NOT FALSE))) THEN 'VOLUNTEER_WITHOUT_CONSENT' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."volunteer_no" IS DISTINCT FROM n."volunteer_no" THEN 'volunteerNo' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."sex" IS DISTINCT FROM n."sex" THEN 'sex' END, CASE WHEN o."birth_date" IS DISTINCT FROM n."birth_date" THEN 'birthDate' END, CASE WHEN o."id_number_hash" IS DISTINCT FROM n."id_number_hash" THEN 'idNumber' END, CASE WHEN o."phone_hash" IS DISTINCT FROM n."phone_hash" THEN 'phone' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."skills" IS DISTINCT FROM n."skills" THEN 'skills' END, CASE WHEN o."qualification" IS DISTINCT FROM n."qualification" THEN 'qualification' END, CASE WHEN o."service_wishes" IS DISTINCT FROM n."service_wishes" THEN 'serviceWishes' END, CASE WHEN o."service_time" IS DISTINCT FROM n."service_time" THEN 'serviceTime' END, CASE WHEN o."emergency_team" IS DISTINCT FROM n."emergency_team" THEN 'emergencyTeam' END, CASE WHEN o."registered_at" IS DISTINCT FROM n."registered_at" THEN 'registeredAt' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."left_at" IS DISTINCT FROM n."left_at" THEN 'leftAt' END, CASE WHEN o."station_id" IS DISTINCT FROM n."station_id" THEN 'stationId' END, CASE WHEN o."total_hours" IS DISTINCT FROM n."total_hours" THEN 'totalHours' END, CASE WHEN o."service_count" IS DISTINCT FROM n."service_count" THEN 'serviceCount' END, CASE WHEN o."last_served_at" IS DISTINCT FROM n."last_served_at" THEN 'lastServedAt' END, CASE WHEN o."star_rating" IS DISTINCT FROM n."star_rating" THEN 'starRating' END, CASE WHEN o."insured" IS DISTINCT FROM n."insured" THEN 'insured' END, CASE WHEN o."insurance_no" IS DISTINCT FROM n."insurance_no" THEN 'insuranceNo' END, CASE WHEN o."insured_until" IS DISTINCT FROM n."insured_until" THEN 'insuredUntil' END, CASE WHEN o."training_hours" IS DISTINCT FROM n."training_hours" THEN 'trainingHours' END, CASE WHEN o."last_trained_at" IS DISTINCT FROM n."last_trained_at" THEN 'lastTrainedAt' END, CASE WHEN o."training_summary" IS DISTINCT FROM n."training_summary" THEN 'trainingSummary' END, CASE WHEN o."award_count" IS DISTINCT FROM n."award_count" THEN 'awardCount' END, CASE WHEN o."award_summary" IS DISTINCT FROM n."award_summary" THEN 'awardSummary' END, CASE WHEN o."evaluation_score" IS DISTINCT FROM n."evaluation_score" THEN 'evaluationScore' END, CASE WHEN o."evaluation_count" IS DISTINCT FROM n."evaluation_count" THEN 'evaluationCount' END, CASE WHEN o."evaluation_summary" IS DISTINCT FROM n."evaluation_summary" THEN 'evaluationSummary' END, CASE WHEN o."consent" IS DISTINCT FROM n."consent" THEN 'consent' END, CASE WHEN o."consent_at" IS DISTINCT FROM n."consent_at" THEN 'consentAt' END, CASE WHEN o."withdrawn_at" IS DISTINCT FROM n."withdrawn_at" THEN 'withdrawnAt' END, CASE WHEN o."consent_scope" IS DISTINCT FROM n."consent_scope" THEN 'consentScope' END, CASE WHEN o."consent_purposes" IS DISTINCT FROM n."consent_purposes" THEN 'consentPurposes' END, CASE WHEN o."guardian_name" IS DISTINCT FROM n."guardian_name" THEN 'guardianName' END, CASE WHEN o."guardian_phone_hash" IS DISTINCT FROM n."guardian_phone_hash" THEN 'guardianPhone' END, CASE WHEN o."guardian_relation" IS DISTINCT FROM n."guardian_relation" THEN 'guardianRelation' END, CASE WHEN o."guardian_consent" IS DISTINCT FROM n."guardian_consent" THEN 'guardianConsent' END, CASE WHEN o."guardian_consent_at" IS DISTINCT FROM n."guardian_consent_at" THEN 'guardianConsentAt' END, CASE WHEN o."lawful_basis" IS DISTINCT FROM n."lawful_basis" THEN 'lawfulBasis' END, CASE WHEN o."retention_until" IS DISTINCT FROM n."retention_until" THEN 'retentionUntil' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'volunteer'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "volunteer_insert_told" AFTER INSERT ON "volunteer" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_tell_change"()`,
  `CREATE TRIGGER "volunteer_update_told" AFTER UPDATE ON "volunteer" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_tell_change"()`,
  `CREATE TRIGGER "volunteer_delete_told" AFTER DELETE ON "volunteer" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_tell_change"()`,
  `CREATE FUNCTION "service_project_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'serviceProject', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'serviceProject', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'serviceProject', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."project_no" IS DISTINCT FROM n."project_no" THEN 'projectNo' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."service_kind" IS DISTINCT FROM n."service_kind" THEN 'serviceKind' END, CASE WHEN o."supply_mode" IS DISTINCT FROM n."supply_mode" THEN 'supplyMode' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."station_id" IS DISTINCT FROM n."station_id" THEN 'stationId' END, CASE WHEN o."organization_id" IS DISTINCT FROM n."organization_id" THEN 'organizationId' END, CASE WHEN o."contract_id" IS DISTINCT FROM n."contract_id" THEN 'contractId' END, CASE WHEN o."started_at" IS DISTINCT FROM n."started_at" THEN 'startedAt' END, CASE WHEN o."ended_at" IS DISTINCT FROM n."ended_at" THEN 'endedAt' END, CASE WHEN o."recipient_kind" IS DISTINCT FROM n."recipient_kind" THEN 'recipientKind' END, CASE WHEN o."recipient_count" IS DISTINCT FROM n."recipient_count" THEN 'recipientCount' END, CASE WHEN o."volunteers_wanted" IS DISTINCT FROM n."volunteers_wanted" THEN 'volunteersWanted' END, CASE WHEN o."volunteers_enrolled" IS DISTINCT FROM n."volunteers_enrolled" THEN 'volunteersEnrolled' END, CASE WHEN o."planned_hours" IS DISTINCT FROM n."planned_hours" THEN 'plannedHours' END, CASE WHEN o."minimum_age" IS DISTINCT FROM n."minimum_age" THEN 'minimumAge' END, CASE WHEN o."emergency" IS DISTINCT FROM n."emergency" THEN 'emergency' END, CASE WHEN o."qualification" IS DISTINCT FROM n."qualification" THEN 'qualification' END, CASE WHEN o."risky" IS DISTINCT FROM n."risky" THEN 'risky' END, CASE WHEN o."insured" IS DISTINCT FROM n."insured" THEN 'insured' END, CASE WHEN o."place" IS DISTINCT FROM n."place" THEN 'place' END, CASE WHEN o."summary" IS DISTINCT FROM n."summary" THEN 'summary' END, CASE WHEN o."leader_name" IS DISTINCT FROM n."leader_name" THEN 'leaderName' END, CASE WHEN o."leader_phone_hash" IS DISTINCT FROM n."leader_phone_hash" THEN 'leaderPhone' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'serviceProject'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "service_project_insert_told" AFTER INSERT ON "service_project" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "service_project_tell_change"()`,
  `CREATE TRIGGER "service_project_update_told" AFTER UPDATE ON "service_project" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "service_project_tell_change"()`,
  `CREATE TRIGGER "service_project_delete_told" AFTER DELETE ON "service_project" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "service_project_tell_change"()`,
  `CREATE FUNCTION "volunteer_record_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerRecord', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."consent" <> 'GRANTED') IS NOT FALSE) THEN 'RECORD_WITHOUT_CONSENT' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerRecord', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."consent" <> 'GRANTED') IS NOT FALSE) THEN 'RECORD_WITHOUT_CONSENT' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'volunteerRecord', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."consent" <> 'GRANTED') IS NOT FALSE) THEN 'RECORD_WITHOUT_CONSENT' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."consent" <> 'GRANTED') IS NOT FALSE) THEN 'RECORD_WITHOUT_CONSENT' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."record_no" IS DISTINCT FROM n."record_no" THEN 'recordNo' END, CASE WHEN o."volunteer_id" IS DISTINCT FROM n."volunteer_id" THEN 'volunteerId' END, CASE WHEN o."project_id" IS DISTINCT FROM n."project_id" THEN 'projectId' END, CASE WHEN o."station_id" IS DISTINCT FROM n."station_id" THEN 'stationId' END, CASE WHEN o."service_kind" IS DISTINCT FROM n."service_kind" THEN 'serviceKind' END, CASE WHEN o."started_at" IS DISTINCT FROM n."started_at" THEN 'startedAt' END, CASE WHEN o."ended_at" IS DISTINCT FROM n."ended_at" THEN 'endedAt' END, CASE WHEN o."hours" IS DISTINCT FROM n."hours" THEN 'hours' END, CASE WHEN o."recipient_kind" IS DISTINCT FROM n."recipient_kind" THEN 'recipientKind' END, CASE WHEN o."recipient_count" IS DISTINCT FROM n."recipient_count" THEN 'recipientCount' END, CASE WHEN o."insured" IS DISTINCT FROM n."insured" THEN 'insured' END, CASE WHEN o."evaluation" IS DISTINCT FROM n."evaluation" THEN 'evaluation' END, CASE WHEN o."evaluation_note" IS DISTINCT FROM n."evaluation_note" THEN 'evaluationNote' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."verified_at" IS DISTINCT FROM n."verified_at" THEN 'verifiedAt' END, CASE WHEN o."certificate_no" IS DISTINCT FROM n."certificate_no" THEN 'certificateNo' END, CASE WHEN o."certificate_issued_at" IS DISTINCT FROM n."certificate_issued_at" THEN 'certificateIssuedAt' END, CASE WHEN o."consent" IS DISTINCT FROM n."consent" THEN 'consent' END, CASE WHEN o."lawful_basis" IS DISTINCT FROM n."lawful_basis" THEN 'lawfulBasis' END, CASE WHEN o."retention_until" IS DISTINCT FROM n."retention_until" THEN 'retentionUntil' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'volunteerRecord'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "volunteer_record_insert_told" AFTER INSERT ON "volunteer_record" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_record_tell_change"()`,
  `CREATE TRIGGER "volunteer_record_update_told" AFTER UPDATE ON "volunteer_record" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_record_tell_change"()`,
  `CREATE TRIGGER "volunteer_record_delete_told" AFTER DELETE ON "volunteer_record" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "volunteer_record_tell_change"()`,
  `CREATE FUNCTION "recruitment_post_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'recruitmentPost', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'recruitmentPost', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'recruitmentPost', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."post_no" IS DISTINCT FROM n."post_no" THEN 'postNo' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."employer" IS DISTINCT FROM n."employer" THEN 'employer' END, CASE WHEN o."title" IS DISTINCT FROM n."title" THEN 'title' END, CASE WHEN o."posts" IS DISTINCT FROM n."posts" THEN 'posts' END, CASE WHEN o."filled" IS DISTINCT FROM n."filled" THEN 'filled' END, CASE WHEN o."applicants" IS DISTINCT FROM n."applicants" THEN 'applicants' END, CASE WHEN o."state" IS DISTINCT FROM n."state" THEN 'state' END, CASE WHEN o."years_required" IS DISTINCT FROM n."years_required" THEN 'yearsRequired' END, CASE WHEN o."education_required" IS DISTINCT FROM n."education_required" THEN 'educationRequired' END, CASE WHEN o."announced_at" IS DISTINCT FROM n."announced_at" THEN 'announcedAt' END, CASE WHEN o."closed_at" IS DISTINCT FROM n."closed_at" THEN 'closedAt' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'recruitmentPost'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "recruitment_post_insert_told" AFTER INSERT ON "recruitment_post" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "recruitment_post_tell_change"()`,
  `CREATE TRIGGER "recruitment_post_update_told" AFTER UPDATE ON "recruitment_post" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "recruitment_post_tell_change"()`,
  `CREATE TRIGGER "recruitment_post_delete_told" AFTER DELETE ON "recruitment_post" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "recruitment_post_tell_change"()`,
  `CREATE FUNCTION "community_worker_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'communityWorker', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'communityWorker', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'communityWorker', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."worker_no" IS DISTINCT FROM n."worker_no" THEN 'workerNo' END, CASE WHEN o."name" IS DISTINCT FROM n."name" THEN 'name' END, CASE WHEN o."sex" IS DISTINCT FROM n."sex" THEN 'sex' END, CASE WHEN o."birth_date" IS DISTINCT FROM n."birth_date" THEN 'birthDate' END, CASE WHEN o."id_number_hash" IS DISTINCT FROM n."id_number_hash" THEN 'idNumber' END, CASE WHEN o."phone_hash" IS DISTINCT FROM n."phone_hash" THEN 'phone' END, CASE WHEN o."address" IS DISTINCT FROM n."address" THEN 'address' END, CASE WHEN o."education" IS DISTINCT FROM n."education" THEN 'education' END, CASE WHEN o."post" IS DISTINCT FROM n."post" THEN 'post' END, CASE WHEN o."grade" IS DISTINCT FROM n."grade" THEN 'grade' END, CASE WHEN o."employment_kind" IS DISTINCT FROM n."employment_kind" THEN 'employmentKind' END, CASE WHEN o."committee_member" IS DISTINCT FROM n."committee_member" THEN 'committeeMember' END, CASE WHEN o."full_time" IS DISTINCT FROM n."full_time" THEN 'fullTime' END, CASE WHEN o."hired_at" IS DISTINCT FROM n."hired_at" THEN 'hiredAt' END, CASE WHEN o."left_at" IS DISTINCT FROM n."left_at" THEN 'leftAt' END, CASE WHEN o."leave_reason" IS DISTINCT FROM n."leave_reason" THEN 'leaveReason' END, CASE WHEN o."recruitment_post_id" IS DISTINCT FROM n."recruitment_post_id" THEN 'recruitmentPostId' END, CASE WHEN o."certificate" IS DISTINCT FROM n."certificate" THEN 'certificate' END, CASE WHEN o."certificate_no" IS DISTINCT FROM n."certificate_no" THEN 'certificateNo' END, CASE WHEN o."certificate_registered_at" IS DISTINCT FROM n."certificate_registered_at" THEN 'certificateRegisteredAt' END, CASE WHEN o."certificate_valid_until" IS DISTINCT FROM n."certificate_valid_until" THEN 'certificateValidUntil' END, CASE WHEN o."monthly_pay" IS DISTINCT FROM n."monthly_pay" THEN 'monthlyPay' END, CASE WHEN o."social_insurance" IS DISTINCT FROM n."social_insurance" THEN 'socialInsurance' END, CASE WHEN o."housing_fund" IS DISTINCT FROM n."housing_fund" THEN 'housingFund' END, CASE WHEN o."training_hours" IS DISTINCT FROM n."training_hours" THEN 'trainingHours' END, CASE WHEN o."last_trained_at" IS DISTINCT FROM n."last_trained_at" THEN 'lastTrainedAt' END, CASE WHEN o."appraisal" IS DISTINCT FROM n."appraisal" THEN 'appraisal' END, CASE WHEN o."appraisal_year" IS DISTINCT FROM n."appraisal_year" THEN 'appraisalYear' END, CASE WHEN o."lawful_basis" IS DISTINCT FROM n."lawful_basis" THEN 'lawfulBasis' END, CASE WHEN o."retention_until" IS DISTINCT FROM n."retention_until" THEN 'retentionUntil' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'communityWorker'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "community_worker_insert_told" AFTER INSERT ON "community_worker" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "community_worker_tell_change"()`,
  `CREATE TRIGGER "community_worker_update_told" AFTER UPDATE ON "community_worker" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "community_worker_tell_change"()`,
  `CREATE TRIGGER "community_worker_delete_told" AFTER DELETE ON "community_worker" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "community_worker_tell_change"()`,
  `CREATE FUNCTION "staffing_target_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'staffingTarget', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'staffingTarget', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'staffingTarget', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."target" IS DISTINCT FROM n."target" THEN 'target' END, CASE WHEN o."size" IS DISTINCT FROM n."size" THEN 'size' END, CASE WHEN o."population" IS DISTINCT FROM n."population" THEN 'population' END, CASE WHEN o."density" IS DISTINCT FROM n."density" THEN 'density' END, CASE WHEN o."radius" IS DISTINCT FROM n."radius" THEN 'radius' END, CASE WHEN o."structure" IS DISTINCT FROM n."structure" THEN 'structure' END, CASE WHEN o."units" IS DISTINCT FROM n."units" THEN 'units' END, CASE WHEN o."per_ten_thousand" IS DISTINCT FROM n."per_ten_thousand" THEN 'perTenThousand' END, CASE WHEN o."reasoning" IS DISTINCT FROM n."reasoning" THEN 'reasoning' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."approved_at" IS DISTINCT FROM n."approved_at" THEN 'approvedAt' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'staffingTarget'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "staffing_target_insert_told" AFTER INSERT ON "staffing_target" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "staffing_target_tell_change"()`,
  `CREATE TRIGGER "staffing_target_update_told" AFTER UPDATE ON "staffing_target" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "staffing_target_tell_change"()`,
  `CREATE TRIGGER "staffing_target_delete_told" AFTER DELETE ON "staffing_target" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "staffing_target_tell_change"()`,
  `CREATE FUNCTION "donation_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'donation', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN (((n."anonymous" <> false) IS NOT FALSE) OR (((n."donor_kind" = 'PERSON') IS NOT FALSE) AND ((n."consent" <> 'GRANTED') IS NOT FALSE))) THEN 'DONOR_UNNAMED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'donation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN (((o."anonymous" <> false) IS NOT FALSE) OR (((o."donor_kind" = 'PERSON') IS NOT FALSE) AND ((o."consent" <> 'GRANTED') IS NOT FALSE))) THEN 'DONOR_UNNAMED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'donation', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN (((o."anonymous" <> false) IS NOT FALSE) OR (((o."donor_kind" = 'PERSON') IS NOT FALSE) AND ((o."consent" <> 'GRANTED') IS NOT FALSE))) THEN 'DONOR_UNNAMED' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN (((n."anonymous" <> false) IS NOT FALSE) OR (((n."donor_kind" = 'PERSON') IS NOT FALSE) AND ((n."consent" <> 'GRANTED') IS NOT FALSE))) THEN 'DONOR_UNNAMED' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."donation_no" IS DISTINCT FROM n."donation_no" THEN 'donationNo' END, CASE WHEN o."donor_kind" IS DISTINCT FROM n."donor_kind" THEN 'donorKind' END, CASE WHEN o."anonymous" IS DISTINCT FROM n."anonymous" THEN 'anonymous' END, CASE WHEN o."donor_name" IS DISTINCT FROM n."donor_name" THEN 'donorName' END, CASE WHEN o."donor_phone_hash" IS DISTINCT FROM n."donor_phone_hash" THEN 'donorPhone' END, CASE WHEN o."donor_credit_code" IS DISTINCT FROM n."donor_credit_code" THEN 'donorCreditCode' END, CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN 'kind' END, CASE WHEN o."fund_source" IS DISTINCT FROM n."fund_source" THEN 'fundSource' END, CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN 'amount' END, CASE WHEN o."goods" IS DISTINCT FROM n."goods" THEN 'goods' END, CASE WHEN o."earmarked" IS DISTINCT FROM n."earmarked" THEN 'earmarked' END, CASE WHEN o."purpose" IS DISTINCT FROM n."purpose" THEN 'purpose' END, CASE WHEN o."received_at" IS DISTINCT FROM n."received_at" THEN 'receivedAt' END, CASE WHEN o."recipient_kind" IS DISTINCT FROM n."recipient_kind" THEN 'recipientKind' END, CASE WHEN o."organization_id" IS DISTINCT FROM n."organization_id" THEN 'organizationId' END, CASE WHEN o."receipt_no" IS DISTINCT FROM n."receipt_no" THEN 'receiptNo' END, CASE WHEN o."disclosed_at" IS DISTINCT FROM n."disclosed_at" THEN 'disclosedAt' END, CASE WHEN o."consent" IS DISTINCT FROM n."consent" THEN 'consent' END, CASE WHEN o."consent_at" IS DISTINCT FROM n."consent_at" THEN 'consentAt' END, CASE WHEN o."lawful_basis" IS DISTINCT FROM n."lawful_basis" THEN 'lawfulBasis' END, CASE WHEN o."retention_until" IS DISTINCT FROM n."retention_until" THEN 'retentionUntil' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'donation'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "donation_insert_told" AFTER INSERT ON "donation" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "donation_tell_change"()`,
  `CREATE TRIGGER "donation_update_told" AFTER UPDATE ON "donation" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "donation_tell_change"()`,
  `CREATE TRIGGER "donation_delete_told" AFTER DELETE ON "donation" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "donation_tell_change"()`,
  `CREATE FUNCTION "fund_transaction_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundTransaction', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."payee_kind" = 'PERSON') IS NOT FALSE) THEN 'PAYEE_IS_PERSON' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundTransaction', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."payee_kind" = 'PERSON') IS NOT FALSE) THEN 'PAYEE_IS_PERSON' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundTransaction', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, array_remove(ARRAY[CASE WHEN ((o."payee_kind" = 'PERSON') IS NOT FALSE) THEN 'PAYEE_IS_PERSON' END]::text[], NULL) AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, array_remove(ARRAY[CASE WHEN ((n."payee_kind" = 'PERSON') IS NOT FALSE) THEN 'PAYEE_IS_PERSON' END]::text[], NULL) AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."transaction_no" IS DISTINCT FROM n."transaction_no" THEN 'transactionNo' END, CASE WHEN o."allocation_id" IS DISTINCT FROM n."allocation_id" THEN 'allocationId' END, CASE WHEN o."budget_line_id" IS DISTINCT FROM n."budget_line_id" THEN 'budgetLineId' END, CASE WHEN o."contract_id" IS DISTINCT FROM n."contract_id" THEN 'contractId' END, CASE WHEN o."donation_id" IS DISTINCT FROM n."donation_id" THEN 'donationId' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."direction" IS DISTINCT FROM n."direction" THEN 'direction' END, CASE WHEN o."fund_source" IS DISTINCT FROM n."fund_source" THEN 'fundSource' END, CASE WHEN o."category" IS DISTINCT FROM n."category" THEN 'category' END, CASE WHEN o."occurred_at" IS DISTINCT FROM n."occurred_at" THEN 'occurredAt' END, CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN 'amount' END, CASE WHEN o."payment_method" IS DISTINCT FROM n."payment_method" THEN 'paymentMethod' END, CASE WHEN o."summary" IS DISTINCT FROM n."summary" THEN 'summary' END, CASE WHEN o."payee_kind" IS DISTINCT FROM n."payee_kind" THEN 'payeeKind' END, CASE WHEN o."payee_name" IS DISTINCT FROM n."payee_name" THEN 'payeeName' END, CASE WHEN o."payee_credit_code" IS DISTINCT FROM n."payee_credit_code" THEN 'payeeCreditCode' END, CASE WHEN o."voucher_no" IS DISTINCT FROM n."voucher_no" THEN 'voucherNo' END, CASE WHEN o."disclosed" IS DISTINCT FROM n."disclosed" THEN 'disclosed' END, CASE WHEN o."disclosed_at" IS DISTINCT FROM n."disclosed_at" THEN 'disclosedAt' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'fundTransaction'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "fund_transaction_insert_told" AFTER INSERT ON "fund_transaction" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "fund_transaction_tell_change"()`,
  `CREATE TRIGGER "fund_transaction_update_told" AFTER UPDATE ON "fund_transaction" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "fund_transaction_tell_change"()`,
  `CREATE TRIGGER "fund_transaction_delete_told" AFTER DELETE ON "fund_transaction" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "fund_transaction_tell_change"()`,
  `CREATE FUNCTION "fund_audit_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundAudit', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundAudit', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)
    SELECT 'fundAudit', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."audit_no" IS DISTINCT FROM n."audit_no" THEN 'auditNo' END, CASE WHEN o."fund" IS DISTINCT FROM n."fund" THEN 'fund' END, CASE WHEN o."fund_source" IS DISTINCT FROM n."fund_source" THEN 'fundSource' END, CASE WHEN o."level" IS DISTINCT FROM n."level" THEN 'level' END, CASE WHEN o."year" IS DISTINCT FROM n."year" THEN 'year' END, CASE WHEN o."budget_line_id" IS DISTINCT FROM n."budget_line_id" THEN 'budgetLineId' END, CASE WHEN o."department_code" IS DISTINCT FROM n."department_code" THEN 'departmentCode' END, CASE WHEN o."auditor" IS DISTINCT FROM n."auditor" THEN 'auditor' END, CASE WHEN o."period_from" IS DISTINCT FROM n."period_from" THEN 'periodFrom' END, CASE WHEN o."period_to" IS DISTINCT FROM n."period_to" THEN 'periodTo' END, CASE WHEN o."opinion" IS DISTINCT FROM n."opinion" THEN 'opinion' END, CASE WHEN o."findings" IS DISTINCT FROM n."findings" THEN 'findings' END, CASE WHEN o."findings_rectified" IS DISTINCT FROM n."findings_rectified" THEN 'findingsRectified' END, CASE WHEN o."amount_audited" IS DISTINCT FROM n."amount_audited" THEN 'amountAudited' END, CASE WHEN o."amount_in_question" IS DISTINCT FROM n."amount_in_question" THEN 'amountInQuestion' END, CASE WHEN o."summary" IS DISTINCT FROM n."summary" THEN 'summary' END, CASE WHEN o."document_no" IS DISTINCT FROM n."document_no" THEN 'documentNo' END, CASE WHEN o."reported_at" IS DISTINCT FROM n."reported_at" THEN 'reportedAt' END, CASE WHEN o."rectify_by" IS DISTINCT FROM n."rectify_by" THEN 'rectifyBy' END, CASE WHEN o."rectified_at" IS DISTINCT FROM n."rectified_at" THEN 'rectifiedAt' END, CASE WHEN o."disclosed_at" IS DISTINCT FROM n."disclosed_at" THEN 'disclosedAt' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'fundAudit'); END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER "fund_audit_insert_told" AFTER INSERT ON "fund_audit" REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "fund_audit_tell_change"()`,
  `CREATE TRIGGER "fund_audit_update_told" AFTER UPDATE ON "fund_audit" REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION "fund_audit_tell_change"()`,
  `CREATE TRIGGER "fund_audit_delete_told" AFTER DELETE ON "fund_audit" REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION "fund_audit_tell_change"()`,
];
// biome-ignore-end format: the text of the statements is kept as it was derived

// biome-ignore format: a list
const TABLES = [
  "division",
  "division_crosswalk",
  "department",
  "community",
  "household_count",
  "committee",
  "committee_member",
  "facility",
  "facility_share",
  "residential_project",
  "idle_asset",
  "social_organization",
  "budget_line",
  "allocation",
  "purchase_contract",
  "organization_support",
  "volunteer_station",
  "volunteer",
  "service_project",
  "volunteer_record",
  "recruitment_post",
  "community_worker",
  "staffing_target",
  "donation",
  "fund_transaction",
  "fund_audit",
];

export class Changes1795374000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(JOURNAL);
    for (const statement of TRIGGERS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP FUNCTION "${table}_tell_change"() CASCADE`);
    await runner.query("DROP TABLE dataset_change, change_journal, change_decision");
  }
}
