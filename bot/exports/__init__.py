"""Files that are made when they are sent: pictures of figures, tables of cases; in a process of their own."""
