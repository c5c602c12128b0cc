# pyspark brings Spark along; executors of a local cluster are processes.
python=${PYTHON:-python3}

if has "$python" java; then
	if "$python" -c 'import pyspark' 2>/dev/null; then
		(cd "$plans" && find . -type f -name '*.json' | sed 's|^\./||') \
			>"$work/list"
		SPARK_HOME=$("$python" -c \
			'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
		export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 \
			SPARK_LOCAL_DIRS="$work/spark" PYSPARK_PYTHON="$python"
		"$SPARK_HOME/bin/spark-submit" --master 'local-cluster[2,1,1024]' \
			--conf spark.ui.enabled=false --conf spark.executor.memory=1g \
			"$contrib/spark.py" "$plans" "$work/list" "$work/spark-out" \
			--no-config >"$work/spark.log" 2>&1 || {
			tail -n 20 "$work/spark.log"
			exit 1
		}
		"$SPARK_HOME/bin/spark-submit" --master 'local[1]' \
			--conf spark.ui.enabled=false \
			contrib/replay/test/tables.py "$work/spark-out" \
			>"$work/spark.log" 2>&1 || {
			tail -n 20 "$work/spark.log"
			exit 1
		}
		same "$(sed -n 's/^  "digest": "\(.*\)"$/\1/p' \
			"$work/spark-out/summary.json")"
	else
		echo "$engine: skipped: $python has no pyspark"
	fi
fi
