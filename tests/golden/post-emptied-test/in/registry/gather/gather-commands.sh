echo gather
