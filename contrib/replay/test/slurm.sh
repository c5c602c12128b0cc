# A controller and two nodes, with a munge of their own, on this machine.
configure() {
	user=$(id -un)
	cat >"$work/slurm.conf" <<-END
		ClusterName=tfassay
		SlurmctldHost=$(hostname -s)(127.0.0.1)
		SlurmctldPort=12817
		SlurmUser=$user
		SlurmdUser=$user
		AuthType=auth/munge
		AuthInfo=socket=$work/munge/socket
		CredType=cred/munge
		CommunicationParameters=NoAddrCache
		StateSaveLocation=$work/slurm/state
		SlurmdSpoolDir=$work/slurm/%n
		SlurmctldPidFile=$work/slurm/ctld.pid
		SlurmdPidFile=$work/slurm/%n.pid
		SlurmctldLogFile=$work/slurm/ctld.log
		SlurmdLogFile=$work/slurm/%n.log
		ProctrackType=proctrack/pgid
		TaskPlugin=task/none
		SwitchType=switch/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		JobAcctGatherType=jobacct_gather/none
		MpiDefault=none
		ReturnToService=2
		SchedulerParameters=sched_min_interval=0
		NodeName=node1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=12818 CPUs=1
		NodeName=node2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=12819 CPUs=1
		PartitionName=all Nodes=node1,node2 Default=YES State=UP
	END
	touch "$work/cgroup.conf"
	export SLURM_CONF="$work/slurm.conf"
}

cluster() {
	mkdir -p "$work/munge" "$work/slurm/state" "$work/slurm/node1" \
		"$work/slurm/node2"
	chmod 755 "$work" "$work/munge"
	head -c 128 /dev/urandom >"$work/munge/key"
	chmod 600 "$work/munge/key"
	/usr/sbin/munged -F --force --key-file="$work/munge/key" \
		--socket="$work/munge/socket" --pid-file="$work/munge/pid" \
		--log-file="$work/munge/log" --seed-file="$work/munge/seed" \
		2>/dev/null &
	started="$started $!"
	until [ -S "$work/munge/socket" ]; do
		kill -0 $! || return 1
		sleep 0.1
	done
	/usr/sbin/slurmctld -D -c 2>/dev/null &
	started="$started $!"
	for node in node1 node2; do
		/usr/sbin/slurmd -D -N $node 2>/dev/null &
		started="$started $!"
	done
}

idle() {
	tries=0
	until [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; do
		tries=$((tries + 1))
		[ $tries -lt 150 ] || return 1
		sleep 0.2
	done
}

if has munged slurmctld slurmd sbatch sinfo; then
	configure
	if cluster && idle; then
		sh "$contrib/slurm.sh" "$work/slurm.ndjson" 5 "$plans" \
			--no-config >/dev/null
		cmp "$work/one.ndjson" "$work/slurm.ndjson"
		same "$(digest_of "$work/slurm.ndjson")"
	else
		echo "$engine: skipped: no cluster can be started here"
		[ ! -e "$work/slurm/ctld.log" ] || tail -n 3 "$work/slurm/ctld.log"
	fi
fi
