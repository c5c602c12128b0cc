# What bash offers for the last of the words: the completion script, the words
# behind the name of the tool.
. "$1"
shift
COMP_WORDS=(tfassay "$@")
COMP_CWORD=$#
_tfassay
echo "${COMPREPLY[*]}"
