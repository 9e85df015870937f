true
echo "${A}"
echo "${B}"
