-- Who has accepted how much, by the last run: waivers in force, those that end
-- within thirty days of it, and those that no one needs any more.
SELECT waivers.owner,
       count(*) AS waivers,
       sum(waivers.state = 'in force') AS in_force,
       sum(waivers.waived) AS findings_waived,
       sum(waivers.state = 'in force'
           AND julianday(waivers.expires) - julianday(runs.as_of) <= 30)
         AS ending_soon,
       sum(waivers.state IN ('expired', 'exceeded')) AS lapsed,
       sum(waivers.state IN ('fixed', 'unused')) AS not_needed,
       min(waivers.expires) AS first_to_end
FROM waivers JOIN runs USING (run)
WHERE waivers.run = (SELECT max(run) FROM waivers)
GROUP BY waivers.owner
ORDER BY findings_waived DESC, waivers.owner;
