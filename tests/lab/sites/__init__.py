"""Labs made from models: for each node of a model its host, its FRR and its links, and the fabric that the model expects.

scenarios.py has the models, and what is special about each. members.py compiles them, wiring.py finds the leaf behind each NIC,
leaves.py writes the leaves' configurations, endpoints.py puts pods and machines behind the nodes and says which of them must
reach each other, steps.py makes the plan of all that, and seen.py judges what the leaves captured.
"""
