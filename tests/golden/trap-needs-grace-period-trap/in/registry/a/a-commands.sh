set -e; trap "kill %1" TERM
sleep 9
