true
echo "${W}"
echo "${V}"
echo "${X}"
echo "${Z}"
