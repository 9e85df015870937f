true
echo "${MY_KUBECONFIG}"
