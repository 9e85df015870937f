true
printenv MY-VAR
