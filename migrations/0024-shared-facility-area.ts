// The tables of facilityShare as they were declared when this was written.
import type { MigrationInterface, QueryRunner } from "typeorm";

// biome-ignore-start format: the text of the statements is kept as it was derived
const UP = [
  `ALTER TABLE "facility_share" ADD COLUMN "served_area" numeric(14,4)`,
  `ALTER TABLE "facility_share_history" ADD COLUMN "served_area" numeric(14,4)`,
  // What the facilities say now, without a version of its own: nobody changed these rows.
  `ALTER TABLE "facility_share" DISABLE TRIGGER USER`,
  `UPDATE "facility_share" s SET served_area = CASE WHEN f.status = 'IN_USE' THEN f.building_area ELSE 0 END FROM "facility" f WHERE f.id = s.facility_id`,
  `ALTER TABLE "facility_share" ENABLE TRIGGER USER`,
  `CREATE OR REPLACE FUNCTION "facility_share_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
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
      FROM (SELECT n.id, o.changed_at, o.territory AS territory_o, '{}'::text[] AS closed_o, o.retired_at IS NOT NULL AS retired_o, n.territory AS territory_n, '{}'::text[] AS closed_n, n.retired_at IS NOT NULL AS retired_n, array_remove(ARRAY[CASE WHEN o."facility_id" IS DISTINCT FROM n."facility_id" THEN 'facilityId' END, CASE WHEN o."community_code" IS DISTINCT FROM n."community_code" THEN 'communityCode' END, CASE WHEN o."share" IS DISTINCT FROM n."share" THEN 'share' END, CASE WHEN o."served_area" IS DISTINCT FROM n."served_area" THEN 'servedArea' END, CASE WHEN o."agreement" IS DISTINCT FROM n."agreement" THEN 'agreement' END, CASE WHEN o."agreed_on" IS DISTINCT FROM n."agreed_on" THEN 'agreedOn' END, CASE WHEN o."used_from" IS DISTINCT FROM n."used_from" THEN 'usedFrom' END, CASE WHEN o."territory" IS DISTINCT FROM n."territory" THEN 'territory' END, CASE WHEN o."source" IS DISTINCT FROM n."source" THEN 'source' END, CASE WHEN o."valid_from" IS DISTINCT FROM n."valid_from" THEN 'validFrom' END, CASE WHEN o."valid_to" IS DISTINCT FROM n."valid_to" THEN 'validTo' END, CASE WHEN o."retired_at" IS DISTINCT FROM n."retired_at" THEN 'retiredAt' END, CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN 'createdAt' END, CASE WHEN o."created_by" IS DISTINCT FROM n."created_by" THEN 'createdBy' END]::text[], NULL) AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', 'facilityShare'); END IF;
  RETURN NULL;
END $$`,
];

const DOWN = [
  `CREATE OR REPLACE FUNCTION "facility_share_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
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
  `ALTER TABLE "facility_share" DROP COLUMN "served_area"`,
  `ALTER TABLE "facility_share_history" DROP COLUMN "served_area"`,
];
// biome-ignore-end format: the text of the statements is kept as it was derived

export class SharedFacilityArea1795384000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
