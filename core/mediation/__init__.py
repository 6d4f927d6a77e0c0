"""调解 as pure rules (disputes.md): its life, grades, who may mediate, rooms, what was agreed, what falls due.

`life` holds the steps as a table; `signals` reads how dangerous a dispute is and what may not be mediated at all;
`matching` finds the right person; `rooms` the free hours; `ladder` what falls due; `terms` reads what was agreed;
`filing` says what a file still lacks. The values are in core.records.mediation.
"""
