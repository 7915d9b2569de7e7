"""Labs made from models: for each node of a model its host, its FRR and its links, and the fabric that the model expects.

The models are those of examples/, and those in models/. examples.py and field.py have what is special about each. members.py
compiles them, wiring.py finds the leaf behind each NIC, leaves.py writes the leaves' configurations, endpoints.py puts pods and
virtual machines behind the nodes and says which of them must reach each other, steps.py makes the plan of all that, and seen.py
judges what the leaves captured.
"""
