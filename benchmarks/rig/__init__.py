"""What every measurement needs: processes on their own cores, rounds, tables, databases, a town, updates."""
