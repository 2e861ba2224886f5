"""Where students' code runs: one interface, several providers, one guest."""
