true
echo "${X}"
