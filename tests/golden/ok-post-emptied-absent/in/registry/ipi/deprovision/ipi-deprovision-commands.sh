echo deprovision
