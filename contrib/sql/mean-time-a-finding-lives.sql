-- Days from the first run that had a failure to the first later run of the same
-- plan that had it no more, by control.  Failures that are still there are
-- counted beside it, not in it.
WITH seen AS (
  SELECT findings.fingerprint, findings.control, plans.path,
         min(julianday(runs.as_of)) AS first, max(julianday(runs.as_of)) AS last
  FROM findings
  JOIN runs USING (run)
  JOIN plans ON plans.run = findings.run AND plans.plan = findings.plan
  WHERE findings.verdict = 'fail' AND runs.as_of IS NOT NULL
  GROUP BY findings.fingerprint, plans.path),
ended AS (
  SELECT seen.*, (
    SELECT min(julianday(runs.as_of)) FROM runs JOIN plans USING (run)
    WHERE plans.path = seen.path AND plans.refused IS NULL
      AND julianday(runs.as_of) > seen.last) AS gone
  FROM seen)
SELECT control, count(gone) AS fixed, sum(gone IS NULL) AS open,
       round(avg(gone - first), 1) AS mean_days,
       round(max(gone - first), 1) AS longest_days
FROM ended
GROUP BY control
ORDER BY mean_days DESC, control;
