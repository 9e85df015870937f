true
echo "${A}"
