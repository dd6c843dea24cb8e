-- What PostGraphile needs beside the hub's tables: views over the rows in use, with the keys and relations that its manual
-- asks views to be given by smart comments. A view with security_invoker stays within the reader's row-level security.
CREATE SCHEMA IF NOT EXISTS peer;

CREATE OR REPLACE VIEW peer.division WITH (security_invoker) AS
  SELECT id, scheme, edition, code, node, parent_node, name, level, kind, territory FROM division WHERE retired_at IS NULL;
COMMENT ON VIEW peer.division IS E'@primaryKey id\n@unique scheme,edition,code\n@unique node\n@foreignKey (parent_node) references peer.division (node)|@fieldName parent|@foreignFieldName children';

CREATE OR REPLACE VIEW peer.community WITH (security_invoker) AS
  SELECT id, code, name, kind, street_node, households, territory FROM community WHERE retired_at IS NULL;
COMMENT ON VIEW peer.community IS E'@primaryKey id\n@unique code\n@foreignKey (street_node) references peer.division (node)|@fieldName street|@foreignFieldName communities';

CREATE OR REPLACE VIEW peer.committee WITH (security_invoker) AS
  SELECT id, code, name, kind, director, term_from, term_to, seats, households, office_address, office_phone, territory
    FROM committee WHERE retired_at IS NULL;
COMMENT ON VIEW peer.committee IS E'@primaryKey id\n@unique code';

CREATE OR REPLACE VIEW peer.facility WITH (security_invoker) AS
  SELECT id, code, name, kind, status, building_area, opened_at, address, territory FROM facility WHERE retired_at IS NULL;
COMMENT ON VIEW peer.facility IS E'@primaryKey id\n@unique code\n@foreignKey (territory) references peer.committee (code)|@fieldName committee|@foreignFieldName facilities\n@foreignKey (territory) references peer.community (code)|@fieldName community|@foreignFieldName facilities';

-- The district as a column of its own, since groups are made of columns; and a one in every row, whose sum is the count that
-- grouped aggregates do not offer (their distinctCount would sort every group).
CREATE OR REPLACE VIEW peer.fund_transaction WITH (security_invoker) AS
  SELECT id, transaction_no, year, direction, category, fund_source, occurred_at, amount, summary, territory,
         left(territory, 6) || '000000' AS district, 1 AS one
    FROM fund_transaction WHERE retired_at IS NULL;
COMMENT ON VIEW peer.fund_transaction IS E'@primaryKey id\n@unique transaction_no\n@foreignKey (territory) references peer.committee (code)|@fieldName committee|@foreignFieldName fundTransactions';

CREATE OR REPLACE VIEW peer.community_worker WITH (security_invoker) AS
  SELECT id, worker_no, name, post, grade, hired_at, territory FROM community_worker WHERE retired_at IS NULL;
COMMENT ON VIEW peer.community_worker IS E'@primaryKey id\n@unique worker_no\n@foreignKey (territory) references peer.committee (code)|@fieldName committee|@foreignFieldName communityWorkers';

CREATE OR REPLACE VIEW peer.volunteer WITH (security_invoker) AS
  SELECT id, volunteer_no, name, sex, state, registered_at, total_hours, service_count, territory
    FROM volunteer WHERE retired_at IS NULL;
COMMENT ON VIEW peer.volunteer IS E'@primaryKey id\n@unique volunteer_no';

-- The report: GraphQL over tables cannot ask it, so a team writes it as a view. Lateral, so that a page counts its own alone.
CREATE OR REPLACE VIEW peer.community_overview WITH (security_invoker) AS
  SELECT c.id, c.code, c.name, c.territory, round(a.area * 100 / nullif(c.households, 0), 4) AS facility_area_per_100_households,
         workers, volunteers, round(spent / nullif(allocated, 0), 4) AS execution_rate
    FROM community c,
         LATERAL (SELECT sum(building_area) AS area FROM facility
                   WHERE territory = c.code AND retired_at IS NULL) a,
         LATERAL (SELECT count(*)::int AS workers FROM community_worker
                   WHERE territory = c.code AND retired_at IS NULL) w,
         LATERAL (SELECT count(*)::int AS volunteers FROM volunteer
                   WHERE territory = c.code AND retired_at IS NULL) v,
         LATERAL (SELECT sum(amount) AS allocated FROM allocation
                   WHERE territory = c.code AND retired_at IS NULL) l,
         LATERAL (SELECT sum(amount) AS spent FROM fund_transaction
                   WHERE territory = c.code AND direction = 'EXPENSE' AND retired_at IS NULL) s
   WHERE c.retired_at IS NULL;
COMMENT ON VIEW peer.community_overview IS E'@primaryKey id\n@unique code';

-- Row-level security: a role that sees a half-open range of territory codes, which each request sets. The hub connects as
-- the tables' owner, whom the policies do not touch. The setting is named directly and not in a sub-select, so that the
-- planner knows its value: with a sub-select it took the range for a hundredth of the rows and sorted half the volunteers.
DO $$
DECLARE one text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'peer_reader') THEN CREATE ROLE peer_reader NOLOGIN; END IF;
  FOREACH one IN ARRAY ARRAY['division', 'community', 'committee', 'facility', 'fund_transaction', 'community_worker',
                             'volunteer', 'allocation'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS peer_territory ON public.%I', one);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format($policy$CREATE POLICY peer_territory ON public.%I FOR SELECT TO peer_reader
      USING (territory >= current_setting('peer.first') AND territory < current_setting('peer.next'))$policy$, one);
    EXECUTE format('GRANT SELECT ON public.%I TO peer_reader', one);
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA peer TO peer_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA peer TO peer_reader;
