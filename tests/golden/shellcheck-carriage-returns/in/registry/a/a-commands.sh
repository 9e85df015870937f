true
true
true
