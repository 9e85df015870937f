true
echo "${V}"
