# What the scripts here share; $tool is the program.

# Statuses 1, 3 and 4 are about the plans, not about the run.
about_plans() {
	case $1 in
	0 | 1 | 3 | 4) ;;
	*) return 1 ;;
	esac
}

replay() {
	"$tool" replay -q --no-config "$@" || about_plans $?
}

merge() {
	"$tool" merge "$@" || about_plans $?
}

now() {
	date +%s%3N
}

digest_of() {
	tail -n 1 "$1" | sed -n 's/.*"digest":"\([0-9a-f]*\)"}$/\1/p'
}
