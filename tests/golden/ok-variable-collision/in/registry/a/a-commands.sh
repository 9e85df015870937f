true
echo "${A}"
echo "${SRC}"
