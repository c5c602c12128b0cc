-- Of each framework, the requirements that verdicts of the month speak of, and
-- how many of them had no failure and nothing open.  That is what was tested, not
-- that a requirement is met.
WITH counted AS (
  SELECT substr(runs.as_of, 1, 7) AS month, requirements.framework,
         requirements.requirement,
         sum(controls.pass + controls.waived) AS passed,
         sum(controls.fail) AS failed,
         sum(controls.unknown + controls.error) AS open
  FROM controls
  JOIN runs USING (run)
  JOIN requirements USING (mapping)
  WHERE runs.as_of IS NOT NULL
  GROUP BY month, requirements.framework, requirements.requirement)
SELECT month, framework, count(*) AS requirements,
       sum(passed + failed + open > 0) AS tested,
       sum(passed > 0 AND failed = 0 AND open = 0) AS clean,
       sum(failed > 0) AS failing,
       sum(failed = 0 AND open > 0) AS open
FROM counted
GROUP BY month, framework
ORDER BY month, framework;
