bootstrap _trap
