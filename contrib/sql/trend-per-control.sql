-- Failures of each control, month by month: the last run of each set of plans
-- in a month stands for the month.
WITH months AS (
  SELECT runs.run, substr(runs.as_of, 1, 7) AS month, plans.path,
         row_number() OVER (
           PARTITION BY plans.path, substr(runs.as_of, 1, 7)
           ORDER BY runs.as_of DESC, runs.run DESC) AS age
  FROM runs JOIN plans USING (run)
  WHERE plans.refused IS NULL AND runs.as_of IS NOT NULL)
SELECT months.month, findings.control, findings.severity,
       sum(findings.verdict = 'fail') AS failing,
       sum(findings.verdict = 'unknown') AS unknown,
       sum(findings.verdict = 'waived') AS waived
FROM months
JOIN findings ON findings.run = months.run
JOIN plans ON plans.run = findings.run AND plans.plan = findings.plan
          AND plans.path = months.path
WHERE months.age = 1 AND findings.verdict <> 'pass'
GROUP BY months.month, findings.control, findings.severity
ORDER BY months.month, failing DESC, findings.control;
