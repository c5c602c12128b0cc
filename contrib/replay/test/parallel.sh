# Two sshd on loopback, with keys of their own, are two hosts.
hosts() {
	ssh-keygen -q -t ed25519 -N '' -f "$work/key"
	for port in 12022 12023; do
		/usr/sbin/sshd -D -q -f /dev/null -p $port -h "$work/key" \
			-o ListenAddress=127.0.0.1 -o PidFile=none \
			-o UsePAM=no -o StrictModes=no \
			-o AuthorizedKeysFile="$work/key.pub" &
		started="$started $!"
		printf 'Host host%s\nHostName 127.0.0.1\nPort %s\n' $port $port
	done >"$work/ssh_config"
	cat >>"$work/ssh_config" <<-END
		Host *
		IdentityFile $work/key
		IdentitiesOnly yes
		StrictHostKeyChecking no
		UserKnownHostsFile /dev/null
		LogLevel ERROR
	END
}

answer() {
	for host in host12022 host12023; do
		tries=0
		until ssh -F "$work/ssh_config" "$host" true 2>/dev/null; do
			tries=$((tries + 1))
			[ $tries -lt 50 ] || return 1
			sleep 0.1
		done
	done
}

if has parallel ssh-keygen ssh sshd; then
	[ -d /run/sshd ] || mkdir -p /run/sshd 2>/dev/null || true
	hosts
	if answer; then
		PARALLEL_SSH="ssh -F $work/ssh_config" \
			sh "$contrib/parallel.sh" "$work/parallel.ndjson" 5 \
			2/host12022,2/host12023 "$plans" --no-config
		cmp "$work/one.ndjson" "$work/parallel.ndjson"
		awk 'NR > 1 { print $2 }' "$work/parallel.ndjson.parts/log" |
			sort -u | tr '\n' ' ' >"$work/hosts"
		[ "$(wc -w <"$work/hosts")" -eq 2 ]
		same "$(digest_of "$work/parallel.ndjson")"
	else
		echo "$engine: skipped: sshd does not answer"
	fi
fi
