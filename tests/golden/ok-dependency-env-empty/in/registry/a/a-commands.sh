true
echo "${SRC}"
