true
echo "${REGION}"
