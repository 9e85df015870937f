true
echo "${my_Var2}"
