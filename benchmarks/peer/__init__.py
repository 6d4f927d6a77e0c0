"""The other processes of a measurement: a light stand-in for the server, bare bots to compare with, and ours."""
