-- What the two bureaus that ask need beside what they are steward of: money, and who works in the communities.
-- Both ask for the purpose budget-review; the civil-affairs bureau of the city for the city, that of 小店区 for its district.
INSERT INTO access_grant (id, department, dataset, level, territory, purpose, legal_basis, granted_by, starts_at)
SELECT md5('bench|' || department || '|' || dataset)::uuid, department, dataset, 'FULL', split_part(department, '@', 2),
       'budget-review', '太原市城乡社区治理促进条例 第四十一条', steward || '@140100000000', '2026-01-01T00:00:00+08:00'
  FROM (VALUES ('civil-affairs@140100000000'), ('civil-affairs@140105000000')) AS asks (department),
       (VALUES ('budgetLine', 'finance'), ('allocation', 'finance'), ('fundTransaction', 'finance'),
               ('communityWorker', 'human-resources')) AS what (dataset, steward)
    ON CONFLICT (id) DO NOTHING;

-- For the cost of permissions: the planning bureau may read transactions in one street, in five, and in a hundred, each for a
-- purpose of its own.
INSERT INTO access_grant (id, department, dataset, level, territory, purpose, legal_basis, granted_by, starts_at)
SELECT md5('bench|' || purpose || '|' || code)::uuid, 'planning@140100000000', 'fundTransaction', 'FULL', code, purpose,
       '太原市城乡社区治理促进条例 第四十一条', 'finance@140100000000', '2026-01-01T00:00:00+08:00'
  FROM (VALUES ('budget-review', 1), ('staffing-plan', 5), ('elderly-care', 100)) AS sets (purpose, size),
       LATERAL (SELECT code FROM division
                 WHERE scheme = 'STATISTICS' AND edition = '2023' AND level = 'STREET' ORDER BY md5(code) LIMIT size) AS streets
    ON CONFLICT (id) DO NOTHING;
