# trap nothing
echo "trap x"
cat <<EOF
trap y
EOF
