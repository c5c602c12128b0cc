-- Who has accepted how much, by the last run of each plan: waivers in force, those
-- that end within thirty days of it, and those that no plan needs any more.
WITH latest AS (
  SELECT DISTINCT run FROM (
    SELECT runs.run, row_number() OVER (
             PARTITION BY plans.path
             ORDER BY runs.as_of DESC, runs.run DESC) AS age
    FROM runs JOIN plans USING (run)
    WHERE plans.refused IS NULL)
  WHERE age = 1),
held AS (
  SELECT waivers.owner, waivers.waiver,
         sum(waivers.waived) AS waived,
         max(waivers.state = 'in force') AS in_force,
         max(waivers.state IN ('expired', 'exceeded')) AS lapsed,
         max(waivers.state IN ('fixed', 'unused')) AS idle,
         min(waivers.expires) AS expires, max(runs.as_of) AS as_of
  FROM latest JOIN waivers USING (run) JOIN runs USING (run)
  GROUP BY waivers.owner, waivers.waiver)
SELECT owner, count(*) AS waivers, sum(in_force) AS in_force,
       sum(waived) AS findings_waived,
       sum(in_force AND julianday(expires) - julianday(as_of) <= 30)
         AS ending_soon,
       sum(lapsed) AS lapsed, sum(idle > in_force + lapsed) AS not_needed,
       min(expires) AS first_to_end
FROM held
GROUP BY owner
ORDER BY findings_waived DESC, owner;
