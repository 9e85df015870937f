# a trap for beginners
true
