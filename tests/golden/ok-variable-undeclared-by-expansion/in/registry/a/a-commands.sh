for name in A_B A_C; do export "${name}=1"; done
echo "${A_B}"
