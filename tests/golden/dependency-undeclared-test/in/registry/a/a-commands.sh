true
echo "${PAYLOAD}"
