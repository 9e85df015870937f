true
echo "${SUITE}"
