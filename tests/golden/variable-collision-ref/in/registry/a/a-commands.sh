true
echo "${A}"
echo "${A}"
echo "${L}"
