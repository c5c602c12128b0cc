-- Findings by the month in which a plan first had them, and in which a later run
-- of the same plan had them no more.
WITH seen AS (
  SELECT findings.fingerprint, plans.path,
         min(runs.as_of) AS first, max(runs.as_of) AS last
  FROM findings
  JOIN runs USING (run)
  JOIN plans ON plans.run = findings.run AND plans.plan = findings.plan
  WHERE findings.verdict = 'fail' AND runs.as_of IS NOT NULL
  GROUP BY findings.fingerprint, plans.path),
events AS (
  SELECT substr(first, 1, 7) AS month, 1 AS new, 0 AS fixed FROM seen
  UNION ALL
  SELECT substr((
           SELECT min(runs.as_of) FROM runs JOIN plans USING (run)
           WHERE plans.path = seen.path AND plans.refused IS NULL
             AND runs.as_of > seen.last), 1, 7), 0, 1
  FROM seen)
SELECT month, sum(new) AS new, sum(fixed) AS fixed
FROM events
WHERE month IS NOT NULL
GROUP BY month
ORDER BY month;
